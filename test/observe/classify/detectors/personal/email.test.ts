import { describe, expect, it } from "vitest";
import { email } from "../../../../../src/observe/classify/detectors/personal/email.ts";
import { asker } from "../support.ts";

const ask = asker(email);

describe("email", () => {
  it.each([
    "jane.doe@acme-corp.com",
    "j+tag@mail.acme.co.uk",
    "rui.tavares@empresa.pt",
    "o'brien@acme.ie",
    "email:jane@acme.com",
    "e-mail:jane@acme.com",
    "Email:jane@acme.com",
    "mailto:jane@acme.com",
    "JANE@ACME.COM",
  ])("is proved by its value, whatever the name: %s", (address) => {
    expect(ask(address, "login")).toEqual({ confidence: 0.97, sample: false });
  });

  it.each(["jane@example.com", "jane@mail.example.org", "jane@shop.test", "jane@acme.example", "your_name@acme.com"])(
    "marks samples: %s",
    (address) => {
      expect(ask(address)).toMatchObject({ sample: true });
    },
  );

  it.each([
    "npm@1.2.3",
    "logo@2x.png",
    "git@github.com:acme/api.git",
    "https://user:word@api.acme.com",
    "svc:word@db.acme.com",
    "@scope/pkg@1.0.0",
    "@jane",
    "jane@acme",
    "jane@acme..com",
    ".jane@acme.com",
    "jane doe@acme.com",
    `${"a".repeat(65)}@acme.com`,
    "E-mail address",
    "anEmail",
  ])("is not %s", (text) => {
    expect(ask(text, "email")).toBeUndefined();
  });

  it("knows a message's identifier from a mailbox", () => {
    expect(ask("CAF1234@mail.acme.com", "message_id")).toBeUndefined();
  });

  it.each(["no-reply@acme.com", "job@project.iam.gserviceaccount.com", "1234567890123@acme.com"])("is hardly a person's: %s", (address) => {
    expect(ask(address)).toEqual({ confidence: 0.4, sample: false });
  });

  it("trusts a role's address less than a person's", () => {
    expect(ask("support@acme.com")).toEqual({ confidence: 0.7, sample: false });
  });

  it("takes a domain without a public suffix for an address only where the name says so", () => {
    expect(ask("jane@intranet.corp", "email")).toEqual({ confidence: 0.7 });
    expect(ask("jane@intranet.corp", "upn")).toBeUndefined();
  });

  it("never takes a number", () => {
    expect(ask(42, "email")).toBeUndefined();
  });

  it.each(["ical_uid", "iCalUID", "cal_uid", "event_uid", "uid", "ssh_url", "clone_url", "git_url", "remote_url"])(
    "knows what %s is from a mailbox",
    (key) => {
      expect(ask("q4f7tk9d2m@mail.acme.com", key)).toBeUndefined();
    },
  );

  it.each(["user_uid", "login", "email_uid_alias"])("takes %s at its word", (key) => {
    expect(ask("jane@acme.com", key)).toMatchObject({ confidence: 0.97 });
  });
});

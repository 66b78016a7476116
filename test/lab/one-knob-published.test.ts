import { describe, expect, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { DAY } from "../../src/model/instant.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, openFindings, startLab } from "./support/lab.ts";
import { PUBLISHED_KNOBS, type PublishedKnob, wellPublished } from "./support/published-knobs.ts";

/** Until the documents are asked for again. */
const NOTICED = 8 * DAY;

describe("one-knob matrix of what is published: one thing of it turned, exactly its finding appears, information too, and goes when it is turned back", () => {
  for (const knob of PUBLISHED_KNOBS) {
    it(knob.turn, async () => {
      const { lab, audit, publish } = await publishing(knob);
      await publish(standingOf(knob));
      const standing = allOpenFindings(await audit());
      expect(standing.filter((finding) => ABOUT_PUBLISHED.test(finding))).toEqual([]);
      lab.clock.advance(NOTICED);
      await expectTurning(
        {
          clock: lab.clock,
          noticed: NOTICED,
          clean: audit,
          turned: audit,
          turn: () => publish(knob),
          turnBack: () => publish(standingOf(knob)),
          findingsIn: allOpenFindings,
        },
        standing,
        [...standing, ...knob.findings].sort(),
      );
    });
  }
});

describe("over several runs", () => {
  const WEAKER = { server: { grant_types_supported: ["authorization_code", "password"] } };
  const regressions = (findings: readonly string[]) => findings.filter((finding) => finding.startsWith("auth/as-regression"));

  it("what became weaker is told when it was seen twice, until it is mended", async () => {
    const { lab, audit, publish } = await publishing({});
    const nextWeek = async () => {
      lab.clock.advance(NOTICED);
      return regressions(openFindings(await audit()));
    };
    await audit();
    expect(await nextWeek()).toEqual([]);
    await publish(WEAKER);
    expect(await nextWeek()).toEqual([]);
    lab.clock.advance(DAY);
    // Nobody asks before a week is over, and the same answer counts once.
    expect(regressions(openFindings(await audit()))).toEqual([]);
    expect(await nextWeek()).toEqual(["auth/as-regression authorization-server"]);
    expect(await nextWeek()).toEqual(["auth/as-regression authorization-server"]);
    await publish({});
    expect(await nextWeek()).toEqual([]);
  });

  it("regions that take turns give no finding of a change", async () => {
    const { lab, audit, publish } = await publishing({});
    for (let week = 0; week < 6; week += 1) {
      await publish(week % 2 === 0 ? {} : WEAKER);
      expect(regressions(openFindings(await audit()))).toEqual([]);
      lab.clock.advance(NOTICED);
    }
  });

  it("a document that went for a while is held against what it said before", async () => {
    const { lab, audit, publish, change } = await publishing({});
    await audit();
    lab.clock.advance(NOTICED);
    await change({});
    await audit();
    await publish(WEAKER);
    for (const told of [[], ["auth/as-regression authorization-server"]]) {
      lab.clock.advance(NOTICED);
      expect(regressions(openFindings(await audit()))).toEqual(told);
    }
  });

  it("a key that nobody replaced for more than a year is told of, and one that came is not", async () => {
    const { lab, audit, publish } = await publishing({});
    const told = async () => openFindings(await audit()).filter((finding) => finding.startsWith("auth/jwks-not-rotated"));
    expect(await told()).toEqual([]);
    lab.clock.advance(300 * DAY);
    expect(await told()).toEqual([]);
    lab.clock.advance(67 * DAY);
    expect(await told()).toEqual(["auth/jwks-not-rotated key-set"]);
    const [replaced] = PUBLISHED_KNOBS.flatMap(({ keys }) => keys?.filter(({ kid }) => kid === "rsa") ?? []);
    await publish({ keys: replaced === undefined ? [] : [replaced] });
    lab.clock.advance(NOTICED);
    expect(await told()).toEqual([]);
  });
});

async function publishing({ auth = {}, dataClasses = [] }: Partial<PublishedKnob>) {
  const lab = await startLab();
  const api = await lab.start({ ...CLEAN, auth: { in: "open" } });
  const declared = JSON.parse(JSON.stringify({ scheme: "bearer", ...auth }).replaceAll("ORIGIN", api.url)) as object;
  const entry = cleanEntry(api, { auth: declared, authProof: { level: "none" }, dataClasses });
  const change = (pages: Readonly<Record<string, object>>) => api.change({ resources: { ...CLEAN.resources, ...pages } });
  const publish = (knob: Partial<PublishedKnob>) => change(wellPublished(api.url, knob));
  await publish({});
  return { lab, api, publish, change, audit: () => lab.audit([entry]) };
}

/** Where a secret is what we have, a server that takes keys as well is what the knob is about. */
function standingOf({ auth }: PublishedKnob): Partial<PublishedKnob> {
  return auth !== undefined && "token" in auth
    ? { server: { token_endpoint_auth_methods_supported: undefined, token_endpoint: undefined } }
    : {};
}

const ABOUT_PUBLISHED = /^auth\/(as|rs|jwks|stronger-client)-/;

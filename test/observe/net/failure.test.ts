import { describe, expect, it } from "vitest";
import { failureFrom, NetFailure } from "../../../src/observe/net/failure.ts";
import { WireError } from "../../../src/observe/wire/wire-error.ts";

const coded = (code: string, more: object = {}) => Object.assign(new Error("text from outside"), { code, ...more });

describe("the failure table", () => {
  it.each([
    ["ENOTFOUND", "dns_not_found", false],
    ["EAI_AGAIN", "dns_failed", true],
    ["EAI_FAIL", "dns_failed", false],
    ["EAI_SERVICE", "dns_failed", false],
    ["ECONNREFUSED", "connect_refused", false],
    ["ETIMEDOUT", "connect_timeout", true],
    ["EHOSTUNREACH", "network_unreachable", true],
    ["ENETUNREACH", "network_unreachable", true],
    ["EADDRNOTAVAIL", "network_unreachable", true],
    ["ECONNABORTED", "connection_reset", true],
    ["EPIPE", "connection_closed", true],
    ["EMFILE", "internal", true],
    ["EPROTO", "tls_protocol_error", false],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls_protocol_error", false],
    ["ERR_SSL_UNSUPPORTED_PROTOCOL", "client_capability", false],
    ["ERR_SSL_DH_KEY_TOO_SMALL", "client_capability", false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls_untrusted", false],
    ["HPE_HEADER_OVERFLOW", "http_header_overflow", false],
    ["HPE_INVALID_CONSTANT", "http_protocol_error", false],
    ["Z_DATA_ERROR", "body_undecodable", false],
    ["ERR_SOMETHING_ELSE", "internal", false],
  ])("maps %s to %s", (code, reason, retriable) => {
    expect(failureFrom(coded(code), "connect")).toEqual({ reason, phase: "connect", code, retriable });
  });

  it("tells a reset from an early close, which node both calls ECONNRESET", () => {
    expect(failureFrom(coded("ECONNRESET", { syscall: "read" }), "tls").reason).toBe("connection_reset");
    expect(failureFrom(coded("ECONNRESET"), "tls").reason).toBe("connection_closed");
  });

  it("tells a name without addresses from a name that is not there, which node both calls ENOTFOUND", () => {
    expect(failureFrom(coded("ENOTFOUND", { errno: -3007 }), "resolve").reason).toBe("dns_no_address");
    expect(failureFrom(coded("ENOTFOUND", { errno: -3008 }), "resolve").reason).toBe("dns_not_found");
  });

  it.each([
    [40, "tls_alert", false],
    [80, "tls_alert", true],
    [116, "client_certificate_required", false],
    [120, "http2_only", false],
  ])("reads alert %i out of OpenSSL's message", (number, reason, retriable) => {
    const error = Object.assign(new Error(`error:0A000410:SSL routines:ssl3_read_bytes:x:rec_layer_s3.c:1605:SSL alert number ${number}`), {
      code: "ERR_SSL_X",
    });
    expect(failureFrom(error, "tls")).toEqual({ reason, phase: "tls", code: `alert ${number}`, retriable });
  });

  it("believes no alert that somebody else wrote", () => {
    const error = Object.assign(new Error("SSL alert number 40"), { code: "HPE_INVALID_CONSTANT" });
    expect(failureFrom(error, "headers").reason).toBe("http_protocol_error");
  });

  it("looks through wrappers", () => {
    const inner = coded("ECONNRESET", { syscall: "read" });
    expect(failureFrom(Object.assign(new Error("x", { cause: inner }), { code: "ECONNRESET" }), "body").reason).toBe("connection_reset");
    const own = new NetFailure({ reason: "interrupted", phase: "plan", retriable: false });
    expect(failureFrom(new Error("x", { cause: own }), "body")).toBe(own.failure);
  });

  it("lets no text out, whatever is thrown", () => {
    for (const thrown of [coded("secret in code"), new Error("canary"), "canary", { canary: 1 }, undefined, null]) {
      expect(failureFrom(thrown, "request")).toEqual({ reason: "internal", phase: "request", retriable: false });
    }
    const loop = new Error("x");
    loop.cause = loop;
    expect(failureFrom(loop, "request").reason).toBe("internal");
  });

  it("names the field of a wire error", () => {
    expect(failureFrom(new WireError("malformed", "record.type"), "tls")).toEqual({
      reason: "tls_protocol_error",
      phase: "tls",
      code: "wire record.type",
      retriable: false,
    });
  });
});

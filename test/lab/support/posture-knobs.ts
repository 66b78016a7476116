import { CLEAN } from "../../../src/demo/conditions.ts";
import type { Knob } from "./knob.ts";

const page = (body: string, status = 404) => ({ notFound: { status, type: "text/html", body: `<html><body>${body}</body></html>` } });
const cors = (headers: Readonly<Record<string, string>>) => ({ cors: headers });
const header = (name: string, value: string | readonly string[]) => ({ headers: { ...CLEAN.headers, [name]: value } });
const leaking = (what: string, name: string, value: string, rule: string): Knob => ({
  turn: `a header tells ${what}`,
  server: header(name, value),
  findings: [`${rule} header:${name}`],
});

/** How an API behaves where nobody calls it, and how its answers arrive. */
export const POSTURE_KNOBS: readonly Knob[] = [
  {
    turn: "an error shows a stack",
    server: {
      notFound: {
        status: 404,
        type: "application/json",
        body: JSON.stringify({ error: "x", trace: "java.lang.E\n\tat a.B.c(B.java:10)\n\tat a.D.e(D.java:20)\n" }),
      },
    },
    findings: ["header/stack-trace not-found"],
  },
  {
    turn: "debug mode is left on",
    server: page("You're seeing this error because you have <code>DEBUG = True</code> in your Django settings file."),
    findings: ["header/debug-page not-found", "header/errors-unreadable not-found"],
  },
  {
    turn: "an error page is signed",
    server: page("<center>nginx/1.30.4</center>"),
    findings: ["header/error-page-version not-found", "header/errors-unreadable not-found"],
  },
  {
    turn: "a path that is nobody's makes it fail",
    server: { notFound: { status: 500, type: "application/json", body: "{}" } },
    findings: ["header/error-path-fails not-found"],
  },
  { turn: "errors are pages for people", server: page("Not here"), findings: ["header/errors-unreadable not-found"] },
  {
    turn: "any origin is named back with credentials",
    server: cors({ "access-control-allow-origin": "$origin", "access-control-allow-credentials": "true" }),
    findings: ["header/cors-reflects-origin cors"],
  },
  { turn: "TRACE is offered", server: cors({ allow: "GET, HEAD, TRACE" }), findings: ["header/unsafe-methods cors"] },
  { turn: "there is no security.txt", server: { securityTxt: "" }, findings: ["header/security-txt security-txt"] },
  {
    turn: "two servers sign one answer",
    server: header("server", ["cloudflare", "nginx"]),
    findings: ["header/conflicting-fields endpoint:orders"],
  },
  {
    turn: "a field holds what is no text",
    server: header("x-note", "a".repeat(5000)),
    findings: ["header/malformed-head endpoint:orders"],
  },
  {
    turn: "JSON is called a page",
    server: header("content-type", "text/html"),
    findings: ["header/media-type endpoint:orders"],
  },
  {
    turn: "a redirect leads to where clouds hand out credentials",
    server: { status: 302, headers: { ...CLEAN.headers, location: "http://169.254.169.254/latest/meta-data/" } },
    findings: ["auth/redirect-off-origin endpoint:orders", "header/redirect-inside endpoint:orders"],
  },
  {
    turn: "a redirect leads away from https, and no credential is on the call",
    always: { auth: { in: "open" } },
    server: { status: 302, headers: { ...CLEAN.headers, location: "http://www.example.com/" } },
    declared: { auth: { scheme: "none" }, authProof: { level: "none" } },
    findings: ["header/redirect-to-http endpoint:orders"],
  },
  {
    turn: "a redirect leads nowhere",
    server: { status: 302 },
    findings: ["header/redirect-dead-end endpoint:orders"],
  },
  {
    turn: "the content is not what its digest says",
    server: header("content-digest", `sha-256=:${Buffer.alloc(32).toString("base64")}:`),
    findings: ["header/content-digest endpoint:orders"],
  },
  {
    turn: "its clock is an hour off",
    server: header("date", new Date(Date.UTC(2020, 0, 1)).toUTCString()),
    findings: ["header/clock-skew endpoint:orders"],
  },
  leaking("a backend's address", "x-backend", "10.0.0.5:8080", "header/internal-address"),
  leaking("a service of a cluster", "x-upstream", "orders.prod.svc.cluster.local", "header/internal-host"),
  leaking("a link to a profiler on the same host", "x-debug-token-link", "/_profiler/a1b2c3", "header/debug-information"),
  leaking("where a file is", "x-accel-redirect", "/protected/report.pdf", "header/internal-path"),
  leaking("a key of somebody", "x-config", ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].join(""), "header/secret-in-header"),
  leaking("that it is a test system", "x-env", "staging", "header/environment-mismatch"),
  leaking("an account of its cloud", "x-role", "arn:aws:iam::123456789012:role/reader", "header/account-identifier"),
  leaking("a person", "x-username", "ada.lovelace", "header/person-identifier"),
  leaking("a server of the pool", "set-cookie", "BIGipServerweb=1677787402.36895.0000; Secure", "header/pool-cookie"),
  leaking("what was asked", "x-original-url", "/v1/orders", "header/request-echoed"),
];

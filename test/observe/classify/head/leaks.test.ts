import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "../../../../src/evidence/redact.ts";
import type { LeakKind } from "../../../../src/model/head-facts.ts";
import type { HttpAnswer } from "../../../../src/model/net-port.ts";
import { headFacts } from "../../../../src/observe/classify/head/head-facts.ts";
import { headerLeaks } from "../../../../src/observe/classify/head/leaks.ts";
import { holdsSensitive } from "../../../../src/observe/classify/sensitive-claims.ts";

const ORIGIN = "https://api.acme.example";
const CONTEXT = { origin: ORIGIN, isSensitive: holdsSensitive };
const kindsOf = (field: string, value: string) => headerLeaks([[field, value]], CONTEXT).map(({ what }) => what);
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const aToken = (header: object, claims: object, signature = "c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ") =>
  `${base64url(header)}.${base64url(claims)}.${signature}`;
const SIGNED = aToken({ alg: "RS256" }, { sub: "a", exp: 1 });
const UNSIGNED = aToken({ alg: "none" }, { sub: "a" }, "");
const OF_A_PERSON = aToken({ alg: "RS256" }, { email: "ada@lovelace.dev" });
const STRIPE = `sk_${"live"}_4eC39HqLyjWDarjtT1zdp7dc`;
const NPM = `npm_${"16C7e42F292c6912E7710c838347Ae178B4a"}`;
const WEBHOOK_SECRET = `whsec_${"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}`;
const SLACK = `hooks.slack.com/services/${"T02ABCDEF"}/${"B03GHIJKL"}/${"f3A9k2LqP0zX7vB1f3A9k2Lq"}`;
const UUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const GITHUB = `ghp_${"16C7e42F292c6912E7710c838347Ae178B4a"}`;

const LEAKY: readonly (readonly [field: string, value: string, ...kinds: LeakKind[]])[] = [
  // Private addresses.
  ["x-backend", "10.1.2.3", "private-address"],
  ["x-backend-server", "192.168.10.20:8080", "private-address"],
  ["x-upstream-addr", "172.16.0.9:443, 172.31.255.1:443", "private-address"],
  ["x-upstream", "100.64.3.4", "private-address"],
  ["x-node", "169.254.169.254", "private-address"],
  ["x-server", "127.0.0.1:3000", "private-address"],
  ["x-server-ip", "10.44.14.1", "private-address"],
  ["x-anything", "10.7.31.9", "private-address"],
  ["x-debug-route", "via http://10.0.0.5/health", "private-address"],
  ["x-cache", "MISS from 10.0.3.7:3128", "private-address"],
  ["via", "1.1 10.0.0.4 (squid)", "private-address"],
  ["server", "10.0.0.4", "private-address"],
  ["server", "nginx/1.24.0 (10.0.0.4:8080)", "private-address"],
  ["location", "http://192.168.1.4/login", "private-address"],
  ["content-security-policy", "connect-src http://10.20.30.40:9200", "private-address"],
  ["x-varnish-backend", "fd12:3456:789a::1", "private-address"],
  ["x-peer", "[fe80::1]:443", "private-address"],
  ["x-nginx-ip", "::ffff:10.0.0.9", "private-address"],
  ["x-app-version", "10.7.31.9:8080", "private-address"],
  ["x-backend", "10%2E1.2.3%3A80", "private-address"],
  ["www-authenticate", 'Basic realm="10.0.0.8"', "private-address"],
  ["x-forwarded-for", "203.0.113.7, 10.0.0.4", "own-address", "private-address"],
  // Internal hosts.
  ["x-backend", "orders.prod.svc.cluster.local", "internal-host"],
  ["x-backend-host", "ip-10-1-2-3.eu-west-1.compute.internal", "internal-host"],
  ["via", "1.1 ip-10-2-3-4 (squid)", "internal-host"],
  ["via", "1.1 proxy01.corp.local:3128 (squid/5.7)", "internal-host"],
  ["x-cache", "MISS from cache.dc1.lan", "internal-host"],
  ["x-upstream", "billing.internal:8443", "internal-host"],
  ["x-served-by", "ip-172-31-4-5.ec2.internal", "internal-host"],
  ["x-anything", "http://vault.corp/v1", "internal-host"],
  ["x-anything", "db7.acme.intranet", "internal-host"],
  ["x-anything", "payments.service.consul", "internal-host"],
  ["x-origin", "internal-orders-1234567.eu-west-1.elb.amazonaws.com", "internal-host"],
  ["www-authenticate", 'Basic realm="db7.corp"', "internal-host"],
  ["www-authenticate", 'Bearer error="invalid_token", error_description="no user in ldap.acme.local"', "internal-host"],
  ["access-policy", "user@mail.acme.local", "internal-host"],
  ["set-cookie", "a=b; Domain=.acme.local", "internal-host"],
  ["set-cookie", "a=b; Domain=.acme.private", "internal-host"],
  // A word may be a host: in a field of hosts, in a URL, with a port, or with a machine's name.
  ["x-backend", "billing.private", "internal-host"],
  ["x-upstream-host", "billing.private", "internal-host"],
  ["x-anything", "http://billing.private/v1", "internal-host"],
  ["x-anything", "billing.private:8443", "internal-host"],
  ["x-anything", "db7.acme.private", "internal-host"],
  ["content-security-policy", "connect-src api.private", "internal-host"],
  ["x-oauth-scopes", "read, https://vault.corp/read", "internal-host"],
  ["x-oauth-scopes", "orders.prod.svc.cluster.local, read", "internal-host"],
  ["x-oauth-scopes", "admin, billing.internal:8443", "internal-host"],
  ["x-oauth-scopes", "db7.acme.internal", "internal-host"],
  ["www-authenticate", 'Bearer realm="db.corp", scope="b.corp"', "internal-host"],
  ["access-control-allow-origin", "https://admin.acme.internal", "internal-host"],
  ["access-control-allow-origin", "http://10.0.0.4:3000", "private-address"],
  // Machines, pods, containers.
  ["x-hostname", "juju-prod45-ubuntu-website-machine-18", "instance-name"],
  ["x-served-by", "web01", "instance-name"],
  ["x-server-name", "WIN-7QK2D1M0A9B", "instance-name"],
  ["x-pod-name", "orders-api-7d9c8b6f5d-x2v4q", "instance-name"],
  ["x-instance-id", "i-0abcd1234ef567890", "instance-name"],
  ["x-node", "app-3", "instance-name"],
  ["x-kubernetes-node", "aks-nodepool1-12345678-vmss000002", "instance-name"],
  ["x-node", "gke-orders-default-pool-1a2b3c4d-x9zq", "instance-name"],
  ["x-container", "3f9a0b1c2d4e", "instance-name"],
  ["x-backend", "prod-web-12:8080", "instance-name"],
  ["x-beserver", "EXCH01", "instance-name"],
  ["x-haproxy-server", "be_orders/srv2", "instance-name"],
  ["x-handled-by", "worker7", "instance-name"],
  ["response_server", "shop-2", "instance-name"],
  ["server", "shop-web01", "instance-name"],
  // Accounts and environments.
  ["x-edg-platform-aws-account", "123456789012", "account-id"],
  ["x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:eu-west-1:123456789012:key/0a1b", "account-id"],
  ["x-role", "arn:aws-us-gov:iam::123456789012:role/reader", "account-id"],
  ["x-queue", "https://sqs.eu-west-1.amazonaws.com/123456789012/orders", "account-id"],
  ["x-image", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1", "account-id"],
  ["x-key-id", ["AKIA", "Q3EGSWPLMZT2K7XN"].join(""), "account-id"],
  ["x-signed-by", `key=${["ASIA", "Q3EGSWPLMZT2K7XN"].join("")}; alg=hmac`, "account-id"],
  ["x-service-account", "orders@acme-prod.iam.gserviceaccount.com", "account-id"],
  ["x-resource", "/subscriptions/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0/resourceGroups/a", "account-id"],
  ["x-env", "staging", "environment"],
  ["x-environment", "UAT", "environment"],
  ["x-ah-environment", "dev", "environment"],
  ["x-pch-env", "test2", "environment"],
  ["mighty-env", "preview", "environment"],
  ["x-application-context", "orders:dev:8080", "environment"],
  ["azure-slotname", "staging", "environment"],
  ["x-app-env", "non-production", "environment"],
  ["x-backend", "dev-orders", "environment"],
  ["x-upstream", "orders-staging.acme.example", "environment"],
  // Paths, statements, errors.
  ["x-sourcefiles", `=?UTF-8?B?${Buffer.from("C:\\Users\\ada\\shop\\api").toString("base64")}?=`, "file-path"],
  ["x-sendfile", "/var/www/private/report.pdf", "file-path"],
  ["x-accel-redirect", "/protected/a.pdf", "file-path"],
  ["x-debug-exception-file", "/srv/app/src/Kernel.php:12", "file-path"],
  ["x-debug-exception-file", "%2Fsrv%2Fapp%2Fsrc%2FKernel.php:12", "file-path"],
  ["x-anything", "template /home/deploy/shop/view.html", "file-path"],
  ["x-anything", "C:\\inetpub\\wwwroot\\api\\", "file-path"],
  ["warning", '199 - "cannot read /etc/shop/keys"', "file-path"],
  ["x-anything", "\\\\fs01\\share$", "file-path"],
  ["x-script-filename", "/app/public/index.php", "file-path"],
  ["x-anything", "/opt/acme/app/billing", "file-path"],
  ["x-anything", "/opt/acme/billing.jar", "file-path"],
  ["x-anything", "/root/.ssh/id", "file-path"],
  ["x-anything", "/proc/12/environ", "file-path"],
  ["x-message", "cannot open /opt/acme/billing", "file-path"],
  ["x-message", 'in file="/srv/billing/a"', "file-path"],
  ["x-anything", "select id, name from customers where id = 1", "sql"],
  ["x-anything", "SELECT c.id FROM customers c", "sql"],
  ["x-anything", "Update customers Set name = 'a'", "sql"],
  ["x-sql-last", "UPDATE orders SET paid = 1", "debug-mode", "sql"],
  ["x-error", "SQLSTATE[42S02]: Base table not found", "sql"],
  ["x-error", "ORA-00942: table or view does not exist", "sql"],
  ["x-debug-exception", "Undefined%20variable", "stack"],
  ["x-error", "java.lang.NullPointerException", "stack"],
  ["x-error", "System.Data.SqlClient.SqlException: timeout", "stack"],
  ["x-error", "Traceback (most recent call last): boom", "stack"],
  ["x-exception", "KeyError: 'a'", "stack"],
  // Secrets and sessions.
  ["x-anything", STRIPE, "secret"],
  ["x-config", `key=${GITHUB}; ttl=4`, "secret"],
  ["link", `<https://a.example/b?key=${GITHUB}>; rel=next`, "secret"],
  ["x-config", `{"token":"${GITHUB}"}`, "secret"],
  ["x-key", "-----BEGIN RSA PRIVATE KEY-----MIIEow", "secret"],
  ["x-database", "postgres://shop:hunter2hunter@db.acme.example/shop", "secret"],
  ["x-database", "Server=db;User Id=sa;Password=hunter2hunter;", "secret"],
  ["set-cookie", `cfg=${STRIPE}; Path=/`, "secret"],
  ["x-anything", NPM, "secret"],
  ["x-config", `token=${NPM};a=b`, "secret"],
  ["x-anything", WEBHOOK_SECRET, "secret"],
  ["x-callback", `https://${SLACK}`, "secret"],
  ["location", `https://${SLACK}`, "secret"],
  ["x-config", `{"alerts":"https://${SLACK}"}`, "secret"],
  ["x-callback", `https://discord.com/api/webhooks/112233445566778899/${"aB3dE6gH9jK".repeat(6)}`, "secret"],
  [
    "x-callback",
    `https://acme.webhook.office.com/webhookb2/${UUID}@${UUID}/IncomingWebhook/0f1e2d3c4b5a69788796a5b4c3d2e1f0/${UUID}`,
    "secret",
  ],
  ["x-auth-token", "f3A9k2LqP0zX7vB1", "session"],
  ["x-rundeck-auth-token", "f3A9k2LqP0zX7vB1f3A9k2", "session"],
  ["x-sap-logontoken", "abc123DEF456ghi789", "session"],
  ["authorization", "Bearer f3A9k2LqP0zX7vB1", "request-field", "session"],
  ["x-anything", SIGNED, "session"],
  ["x-goog-iap-jwt-assertion", `Bearer ${SIGNED}`, "session"],
  ["x-anything", UNSIGNED, "session", "unsigned-token"],
  ["x-anything", OF_A_PERSON, "person", "session"],
  ["set-cookie", `t=${UNSIGNED}`, "unsigned-token"],
  ["set-cookie", `t=${OF_A_PERSON}; Secure; HttpOnly`, "person"],
  // Debuggers and profilers.
  ["x-debug-token", "a1b2c3", "debug-mode"],
  ["x-debug-token-link", "/_profiler/a1b2c3", "debug-link"],
  ["x-debug-token-link", "https://api.acme.example/_profiler/a1b2c3", "debug-link"],
  ["x-debug-token-link", "https://profiler.acme.example/a1b2c3", "debug-mode"],
  ["x-debug-link", "/debug/default/view?tag=1", "debug-link"],
  ["x-chromelogger-data", "eyJ2ZXJzaW9uIjoiNC4wIn0", "debug-mode"],
  ["x-chromephp-data", "eyJ2ZXJzaW9uIjoiNC4wIn0", "debug-mode"],
  ["x-clockwork-id", "1638283412-1234", "debug-mode"],
  ["phpdebugbar-id", "X0a1b2", "debug-mode"],
  ["x-debug", "true", "debug-mode"],
  ["x-magento-debug", "1", "debug-mode"],
  ["x-miniprofiler-ids", '["0f1e2d3c"]', "debug-mode"],
  ["x-wf-1-1-1-1", "24|[]|", "debug-mode"],
  ["x-sql-count", "34", "debug-mode"],
  ["server-timing", "total;dur=12, db;dur=4", "timing"],
  ["server-timing", 'sql_query;dur=4;desc="orders"', "timing"],
  ["server-timing", "cfL4, mysql;dur=4", "timing"],
  // People and tenants.
  ["baggage", "userId=4711,region=eu", "person"],
  ["baggage", "user.email=ada%40lovelace.dev", "person"],
  ["x-datadog-tags", "_dd.p.usr.id=YWRh", "person"],
  ["ot-baggage-user_id", "4711", "person"],
  ["x-tumblr-user", "ada", "person"],
  ["x-zendesk-user-id", "4711", "person"],
  ["x-ausername", "ada.lovelace", "person"],
  ["x-anything", "ada.lovelace@lovelace.dev", "person"],
  ["x-reply-to", "Ada <ada.lovelace@lovelace.dev>", "person"],
  ["x-message-from", "<ada@lovelace.dev>", "person"],
  ["x-anything", "12345678@qq.com", "person"],
  ["x-tenant-id", "acme-eu", "tenant"],
  ["x-account-id", "4711", "tenant"],
  ["x-shopify-shop-id", "4711", "tenant"],
  ["openai-organization", "acme-7", "tenant"],
  // Ours, and what came in.
  ["x-real-ip", "203.0.113.7", "own-address"],
  ["cf-connecting-ip", "2001:db8::7", "own-address"],
  ["docker-ratelimit-source", "203.0.113.7", "own-address"],
  ["x-envoy-external-address", "203.0.113.7", "own-address"],
  ["true-client-ip", "10.0.0.7", "own-address"],
  ["forwarded", "for=203.0.113.7;proto=https", "own-address"],
  ["x-vercel-ip-city", "Berlin", "own-address"],
  ["user-agent", "apirisk/0.1", "request-field"],
  ["x-original-url", "/v1/orders", "request-field"],
  ["host", "api.acme.example", "request-field"],
  // Cookies of balancers: 10.1.1.100:8080 in five spellings.
  ["set-cookie", "BIGipServerpool_web=1677787402.36895.0000; path=/", "pool-address"],
  ["set-cookie", 'BIGipServerpool_web="1677787402.36895.0000"', "pool-address"],
  ["set-cookie", "BIGipServerpool_web=rd5o00000000000000000000ffff0a010164o8080; path=/", "pool-address"],
  ["set-cookie", "BIGipServerpool_web=vi20010112000000000000000000000030.20480", "pool-address"],
  ["set-cookie", "BIGipServerpool_web=rd3o20010112000000000000000000000030o80", "pool-address"],
  ["set-cookie", "renamed=1677787402.36895.0000", "pool-address"],
  ["set-cookie", "srv=10.0.0.5:8080", "private-address"],
];

const SILENT: readonly (readonly [field: string, value: string])[] = [
  // Versions that look like addresses (zaproxy#1673, #6749, #88, #2834).
  ["x-app-version", "10.7.31.9"],
  ["x-info", "packageVersion 10.7.31.9"],
  ["x-info", '{"version":"10.44.14.1"}'],
  ["x-info", "10.44.14.x"],
  ["x-info", "chain 10.44.14.2.1"],
  ["x-info", "v10.1.2.3"],
  ["x-info", "10.1.2.3-beta"],
  ["x-info", "sdk: 10.1.2.3"],
  ["x-info", "release=192.168.1.1"],
  ["x-info", "use 10.1.2.3 or later"],
  ["x-ms-documentdb-serviceversion", "10.2.3.4"],
  ["server", "Oracle-HTTP-Server 10.1.3.5"],
  ["server", "Oracle-Application-Server-10g/10.1.2.0"],
  ["x-powered-by", "Servlet/10.1.2.3"],
  ["x-generator", "10.1.2.3"],
  ["x-build", "172.16.4.1"],
  ["user-agent-hint", "Chrome/100.64.0.1"],
  ["x-oid", "1.3.6.1.4.1"],
  ["x-address", "8.8.8.8"],
  ["x-address", "10.300.2.3"],
  ["x-address", "ip-203-0-113-4.eu-west-1.compute.amazonaws.com"],
  ["x-mac", "fd:12:34:56:78:9a"],
  ["x-info", "fe80"],
  ["x-time", "10:20:30"],
  // Names that are public, or no names of hosts.
  ["x-served-by", "cache-fra-eddf8230049-FRA"],
  ["x-served-by", "cache-iad-kiad7000025-IAD, cache-fra-eddf8230049-FRA"],
  ["x-amz-cf-pop", "FRA56-P1"],
  ["x-backend", "eu-west-1"],
  ["x-node", "us-east-1a"],
  ["x-node", "europe-west4"],
  ["x-server", "westeurope2"],
  ["x-host", "api.acme.example"],
  ["x-backend", "v2"],
  ["x-backend", "default"],
  ["x-node", "3"],
  ["x-server", "nginx"],
  ["x-served-by", "envoy"],
  ["x-host-id", "9a0364b9e99bb480dd25e1f0284c8555"],
  ["x-node", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"],
  ["x-host", "3f9a0b1c2d4e"],
  ["x-module", "com.acme.internal"],
  ["x-info", "1.2.3.local"],
  ["x-info", "internal error"],
  ["x-info", "Acme.Billing.Internal"],
  ["x-info", "/Orders.svc"],
  ["server", "Apache2"],
  ["server", "gunicorn-20"],
  ["server", "node18"],
  ["via", "1.1 varnish-v4"],
  ["via", "1.1 vegur"],
  ["x-info", "localhost"],
  // Words with dots between them.
  ["x-visibility", "billing.private"],
  ["x-repository", "acme.private, acme.public"],
  ["x-oauth-scopes", "admin.internal, files.private, users.local, vault.corp, notes.lan"],
  ["x-accepted-oauth-scopes", "files.internal"],
  ["x-user-roles", "billing.internal"],
  ["x-event", "order.created.internal.v2"],
  ["x-webhook-events", "order.internal"],
  ["www-authenticate", 'Bearer scope="files.internal mail.private"'],
  ["access-control-allow-origin", "https://admin.acme.example"],
  ["access-control-allow-origin", "*"],
  ["access-control-allow-origin", "http://127.0.0.1:3000"],
  ["access-control-allow-headers", "x-web01, x-10.0.0.1"],
  // A language, a protocol or a rank with its number.
  ["x-backend", "php-8"],
  ["x-server", "Python-3"],
  ["x-node", "tier-2"],
  ["x-handled-by", "http-2"],
  ["x-upstream", "utf-8"],
  ["x-backend", "ubuntu-22"],
  // Random identifiers, and dates.
  ["x-request-id", "web01.internal-10.0.0.1"],
  ["x-correlation-id", `${STRIPE}`],
  ["etag", `"${STRIPE}"`],
  ["etag", 'W/"10.0.0.1"'],
  ["date", "Tue, 01 Dec 2026 01:42:38 GMT"],
  ["x-timestamp", "1733017358"],
  ["x-trace-id", "4bf92f3577b34da6a3ce929d0e0e4736"],
  ["traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
  ["cf-ray", "8a1b2c3d4e5f-FRA"],
  ["x-amzn-trace-id", "Root=1-67891233-abcdef012345678912345678"],
  ["x-azure-ref", "20261201T014238Z-10.0.0.1"],
  ["x-vercel-id", "fra1::iad1::abc12-1733017358"],
  ["x-fb-debug", "AbCdEf0123456789AbCdEf0123456789=="],
  ["x-content-hash", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
  // Environments.
  ["x-env", "production"],
  ["x-environment", "prod-eu"],
  ["x-env", "prod-test-runner"],
  ["x-backend", "latest"],
  ["x-backend", "contest"],
  ["x-served-by", "cache-qa-eddf8230049-QAT"],
  ["x-cache-status", "test"],
  ["x-backend", "integration"],
  ["x-stripe-routing-context-priority-tier", "api-testmode"],
  // Accounts.
  ["x-arn", "arn:aws:s3:::bucket"],
  ["x-number", "123456789012"],
  // Paths and statements.
  ["location", "/app/login"],
  ["content-location", "/data/orders/7"],
  ["link", "</home/u/2>; rel=next"],
  ["x-original-path", "/opt/a/b"],
  ["x-resource", "/Users/2819c223/groups"],
  ["x-next", "/opt/in/settings"],
  ["x-next", "GET /opt/out/all"],
  ["x-next", "/opt/in/settings.json"],
  ["x-resource", "/root/folders/7"],
  ["x-resource", "/workspace/4/members"],
  ["x-redirect-to", "/login/index.php"],
  ["x-info", "https://acme.example/var/www/a"],
  ["x-info", "select one of these options"],
  ["x-info", "select your plan from the list"],
  ["x-info", "update your settings set by an administrator"],
  ["x-info", "please update your client"],
  ["x-error", "invalid parameter type"],
  ["x-error", "internal error"],
  ["x-amzn-errortype", "ValidationException:http://acme.example/coral/com.amazonaws.ValidationException"],
  ["x-exception", "none"],
  // Secrets.
  ["x-csrf-token", "f3A9k2LqP0zX7vB1"],
  ["x-auth-token", "none"],
  ["x-api-key", "****************abcd"],
  ["x-config", `pk_${"live"}_4eC39HqLyjWDarjtT1zdp7dc`],
  ["x-key-id", `AKIA${"2E0A8F3B244C9986"}`],
  ["x-key-id", "AKIAIOSFODNN7EXAMPLE"],
  ["x-blob", `Zm9v/${["AKIA", "Q3EGSWPLMZT2K7XN"].join("")}aGk=`],
  [
    "location",
    `https://files.s3.amazonaws.com/a?X-Amz-Credential=${["AKIA", "Q3EGSWPLMZT2K7XN"].join("")}%2F20261123%2Feu-west-1%2Fs3%2Faws4_request`,
  ],
  ["x-ms-session-token", "0:-1#12345"],
  ["x-config", `npm_${"config_cache"}`],
  ["x-config", "npm_package_version_of_something_else_here"],
  ["x-config", `whsec_${"short"}`],
  ["x-config", `whsec_${"x".repeat(32)}`],
  ["x-cache-key", `key-${"0f1e2d3c4b5a69788796a5b4c3d2e1f0"}`],
  ["x-shard", `${"0f1e2d3c4b5a69788796a5b4c3d2e1f0"}-us4`],
  ["x-callback", "https://hooks.slack.com/services/T0000/B0000"],
  ["x-callback", `https://hooks.slack.com/services/T00000000/B00000000/${"X".repeat(24)}`],
  ["x-callback", "https://api.slack.com/messaging/webhooks"],
  ["x-callback", "https://discord.com/api/webhooks/112233445566778899"],
  ["x-database", "postgres://db.acme.example/shop"],
  ["x-database", "postgres://shop:****@db.acme.example/shop"],
  ["x-info", "eyes.open.wide"],
  ["set-cookie", `session=${SIGNED}; Secure; HttpOnly`],
  ["set-cookie", "session=f3A9k2LqP0zX7vB1f3A9k2"],
  ["content-security-policy", "script-src 'nonce-f3A9k2LqP0zX7vB1'"],
  // Debuggers.
  ["server-timing", 'cfL4;desc="?proto=TCP", cdn-cache; desc=HIT, edge; dur=1'],
  ["server-timing", "total;dur=12, dashboard;dur=4"],
  ["x-debug", "false"],
  ["x-cache-debug", "1"],
  ["x-debug-mode", "0"],
  ["x-debug-token-link", "none"],
  ["x-runtime", "0.012"],
  ["fastly-debug-digest", "0f1e2d3c"],
  ["x-varnish-debug-ttl", "120"],
  ["sourcemap", "/a.js.map"],
  // People.
  ["baggage", "region=eu,release=4"],
  ["baggage", "user="],
  ["baggage", "sentry-environment=staging,sentry-release=4,sentry-public_key=0f1e2d3c,app.name=shop,service.name=orders"],
  ["x-oauth-client-id", "178c6fc778ccc68e1d6a"],
  ["x-info", "icon@2x.png"],
  ["message-id", "<CAF8b4ada.lovelace@mail.lovelace.dev>"],
  ["x-message-id", "0100018f-ada@eu.mail.lovelace.dev"],
  ["x-mail-message-id", "<ada.20261201@mail.lovelace.dev>"],
  ["in-reply-to", "<ada@mail.lovelace.dev>"],
  ["content-id", "<part1.ada@mail.lovelace.dev>"],
  ["x-anything", "<0f1e2d3c4b5a69788796a5b4c3d2e1f0@mail.lovelace.dev>"],
  ["tracestate", "congo=t61rcWkgMzE"],
  ["x-user", "anonymous"],
  ["x-user-id", "0"],
  ["x-tenant-id", "default"],
  ["x-contact", "security@acme.example"],
  ["x-info", "support@acme-pay.com"],
  ["x-info", "git@github.com"],
  ["report-to", '{"email":"ada@lovelace.dev"}'],
  // Requests.
  ["x-forwarded-proto", "https"],
  ["x-forwarded-port", "443"],
  ["accept-encoding", "gzip"],
  ["accept", "application/json"],
  ["x-real-ip", "unknown"],
  ["x-vercel-ip-country", "DE"],
  // What well-known APIs and content networks send.
  ["server", "github.com"],
  ["x-accepted-oauth-scopes", "repo, user:email"],
  ["x-backend", "main_normal main_canary_with_overload main_control_with_overload"],
  ["x-server", "slack-www-hhvm-main-iad-dfxq"],
  ["via", "1.1 slack-prod.tinyspeck.com, envoy-www-iad-abcdefgh"],
  ["via", "1.1 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)"],
  ["x-dc", "gcp-europe-west3,gcp-us-central1"],
  ["x-shopify-stage", "production"],
  ["server-timing", 'atl-edge;dur=112,atl-edge-internal;dur=16,atl-edge-pop;desc="aws-eu-central-1"'],
  ["nel", '{"success_fraction":0,"report_to":"cf-nel"}'],
  ["report-to", '{"endpoints":[{"url":"https://a.nel.cloudflare.com/report/v4?s=AbC%2FdEf"}]}'],
  ["x-ms-ests-server", "2.1.19343.4 - NEULR1 ProdSlices"],
  ["x-mod-pagespeed", "1.13.35.2-0"],
  ["x-amz-meta-permissions", "33188"],
  ["x-goog-hash", "crc32c=n03x6A==,md5=Ojk9c3dhfxgoKVVHYwFbHQ=="],
  ["x-powered-by", "AT-5000"],
  ["x-railway-edge", "railway/europe-west4-drams3a"],
  ["set-cookie", "__cf_bm=Z9qLkP0zX7vB1.3A9k2L-1733017358-1.0.1.1-abcdEFGH; path=/; domain=.api.acme.example"],
  ["set-cookie", "AWSALB=Abc/DEF+123; Expires=Tue, 08 Dec 2026 01:42:38 GMT; Path=/"],
  // Cookies.
  ["set-cookie", "BIGipServerpool_web=!9Qk0XhG3v0yTq1o=; path=/"],
  ["set-cookie", "BIGipServerpool_web=deleted; path=/"],
  ["set-cookie", "version=1.2.0000"],
  ["set-cookie", "BIGipServerpool_web=99999999999.36895.0000"],
  ["set-cookie", "renamed=134744072.36895.0000"],
  ["set-cookie", "nothing"],
  ["x-empty", ""],
];

describe("what header fields give away", () => {
  it.each(LEAKY)("%s: %s", (field, value, ...kinds) => {
    expect(kindsOf(field, value)).toEqual(kinds);
  });

  it.each(SILENT)("nothing: %s: %s", (field, value) => {
    expect(kindsOf(field, value)).toEqual([]);
  });

  it("is looked at often enough", () => {
    expect(LEAKY.length).toBeGreaterThanOrEqual(90);
    expect(SILENT.length).toBeGreaterThanOrEqual(60);
  });

  it("names each field and kind once, sorted, whatever the order of arrival", () => {
    const headers: HttpAnswer["headers"] = [
      ["x-b", "10.0.0.1"],
      ["x-a", "10.0.0.1"],
      ["x-b", "10.0.0.2"],
    ];
    const leaks = [
      { field: "x-a", what: "private-address" },
      { field: "x-b", what: "private-address" },
    ];
    expect(headerLeaks(headers, CONTEXT)).toEqual(leaks);
    expect(headerLeaks([...headers].reverse(), CONTEXT)).toEqual(leaks);
  });

  it("never throws, whatever arrives, and says the same again", () => {
    const name = fc.oneof(fc.constantFrom(...LEAKY.map(([field]) => field)), fc.string());
    const value = fc.oneof(fc.constantFrom(...LEAKY.map(([, text]) => text)), fc.string({ unit: "binary" }), fc.string());
    const headers = fc.array(fc.tuple(name, value), { maxLength: 20 });
    fc.assert(fc.property(headers, (raw) => void expect(headerLeaks(raw, CONTEXT)).toEqual(headerLeaks(raw, CONTEXT))));
  });

  // A pattern that goes back over what it has read would take minutes for any of these.
  it.each([
    "a",
    "1",
    ".",
    "/",
    "\\",
    "%",
    "a.",
    "1.",
    "1:",
    "a-",
    "10.",
    "-f",
    "ip-1-",
    "@a.",
    "a@",
    "ey.",
    "a=",
    "select ",
    "/a",
    "x=;",
    " /opt/a/b",
    "a.private ",
  ])("comes to an end for 64 KB of %j in every field that is judged", (unit) => {
    const value = unit.repeat(Math.ceil(65_536 / unit.length));
    for (const field of ["x-any", "via", "x-backend", "set-cookie", "baggage", "x-sourcefiles", "authorization", "server-timing"]) {
      expect(Array.isArray(headerLeaks([[field, value]], CONTEXT))).toBe(true);
    }
  });
});

/** Shorter words may stand in our own evidence, too. */
const CANARY = 10;
/** Software is kept, and so are words of standards and the origin that was asked. */
const WORDS_OF_OURS = /^(?:nginx|\(squid)\/|^(?:invalid_token|error_description)$|api\.acme\.example/;

describe("what stays of it in evidence", () => {
  const evidenceOf = (headers: HttpAnswer["headers"]) =>
    redact(
      "http-response",
      {
        endpoint: "list",
        request: { method: "GET", origin: ORIGIN, path: "/", digest: "" },
        credential: { state: "none" },
        status: 200,
        httpVersion: "1.1",
        headers,
        head: headFacts({ httpVersion: "1.1", status: 200, headers, body: new Uint8Array() }, 0, CONTEXT),
        body: { state: "not-read", shape: [], classes: [], maps: [] },
      },
      (text) => text,
    );

  it.each(LEAKY)("not the value: %s: %s", (field, value) => {
    const kept = JSON.stringify(evidenceOf([[field, value]]));
    const parts = value.split(/[\s,;="']+/).filter((text) => text.length >= CANARY && !WORDS_OF_OURS.test(text));
    for (const part of parts) expect(kept).not.toContain(part);
  });

  it.each([
    ["via", "1.1 ip-10-2-3-4.ec2.internal (squid/5.7)", "1.1 [opaque] (squid/5.7)"],
    ["via", "1.1 203.0.113.9:3128 (squid)", "1.1 [opaque]:3128 (squid)"],
    ["via", "1.1 proxy01.corp.local:3128, 1.1 varnish", "1.1 [opaque]:3128, 1.1 varnish"],
    ["server", "nginx/1.24.0 (web.internal)", "nginx/1.24.0 ([opaque])"],
    ["x-app-version", "10.7.31.9", "10.7.31.9"],
    ["x-api-version", "2 (10.0.0.4:80)", "2 ([opaque]:80)"],
    ["server", "nginx (shop-web01)", "nginx ([opaque])"],
    ["x-powered-by", "PHP/8.1.2 (shop-web01)", "PHP/8.1.2 ([opaque])"],
    ["x-version", "4.2 orders-api-7d9c8b6f5d-x2v4q", "4.2 [opaque]"],
    ["x-api-version", "2 (prod-db7)", "2 ([opaque])"],
    ["x-runtime-version", "node18-alpine", "node18-alpine"],
    ["x-version", "api2-20261201", "api2-20261201"],
    ["x-oauth-scopes", "read, db7.acme.internal:5432, files.internal", "[opaque], files.internal, read"],
    ["link", '<http://docs.corp/a>; rel="help"', '<>; rel="help"'],
  ])("%s: %s is kept as %s", (name, value, kept) => {
    expect(evidenceOf([[name, value]]).headers).toEqual([{ name, value: kept, count: 1 }]);
  });

  it.each([
    "x-forwarded-for",
    "x-real-ip",
    "cf-connecting-ip",
    "x-client-ip",
    "true-client-ip",
    "x-envoy-external-address",
    "docker-ratelimit-source",
    "fastly-client-ip",
    "forwarded",
    "x-azure-clientip",
  ])("of %s, which tells our own address, nothing but its name", (name) => {
    const evidence = evidenceOf([[name, "203.0.113.77"]]);
    expect(evidence.headers).toEqual([{ name, count: 1 }]);
    expect(JSON.stringify(evidence)).not.toContain("203.0.113");
    expect(evidence.head?.leaks).toEqual([{ field: name, what: "own-address" }]);
  });
});

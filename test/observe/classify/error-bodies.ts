import type { DebugPage, StackKind } from "../../../src/model/posture.ts";

const json = (value: unknown) => JSON.stringify(value);
const page = (body: string) => `<!DOCTYPE html>\n<html><head><title>Error</title></head><body>${body}</body></html>`;
const html = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#x27;");

const JAVA = `java.lang.NullPointerException: Cannot invoke "com.acme.Order.id()" because "order" is null
\tat com.acme.api.OrderController.show(OrderController.java:42)
\tat java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103)
\tat java.base/java.lang.Thread.run(Thread.java:1583)`;
const KOTLIN = `kotlin.KotlinNullPointerException
    at com.acme.MainKt$module$1$2.invokeSuspend(Main.kt:31)
    at io.ktor.util.pipeline.SuspendFunctionGun.loop(SuspendFunctionGun.kt:120)`;
const PYTHON = `Traceback (most recent call last):
  File "/app/venv/lib/python3.11/site-packages/flask/app.py", line 2073, in wsgi_app
    response = self.full_dispatch_request()
  File "/app/api/orders.py", line 17, in show
    return ORDERS[order]
KeyError: '42'`;
const PYTHON_ON_WINDOWS = `Traceback (most recent call last):
  File "C:\\new\\routes\\app.py", line 17, in <module>
  File "C:\\new\\routes\\table.py", line 3, in run`;
const EXPRESS = `Error: Not here
    at /app/src/routes/orders.js:12:11
    at Layer.handle [as handle_request] (/app/node_modules/express/lib/router/layer.js:95:5)
    at next (/app/node_modules/express/lib/router/route.js:149:13)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;
const NODE_ON_WINDOWS = `TypeError: x is not a function
    at handler (C:\\new\\routes\\orders.js:12:11)
    at async C:\\new\\routes\\index.js:9:3`;
const MODULES = `ReferenceError: y is not defined
    at file:///srv/app/server.mjs:8:3
    at Object.<anonymous> (webpack-internal:///./pages/api/x.ts:4:9)`;
const PHP = `Fatal error: Uncaught Exception: no such order in /var/www/html/src/Order.php:33
Stack trace:
#0 /var/www/html/src/Controller.php(20): Order->find('42')
#1 /var/www/html/public/index.php(9): Controller->show()
#2 {main}`;
const PHP_ON_WINDOWS = "#0 C:\\xampp\\htdocs\\new\\index.php(12): f()\n#1 C:\\xampp\\htdocs\\routes.php(3): g()\n#2 {main}";
const DOTNET = `System.NullReferenceException: Object reference not set to an instance of an object.
   at Acme.Api.OrdersController.Get(Int32 id) in C:\\new\\repo\\OrdersController.cs:line 27
   at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.SyncObjectResultExecutor.Execute(ActionContext actionContext, Object[] arguments)
   at System.Threading.Tasks.Task\`1.InnerInvoke()`;
const RUBY = `app/controllers/orders_controller.rb:12:in \`show'
actionpack (7.1.2) lib/action_controller/metal/basic_implicit_render.rb:6:in \`send_action'`;
const RUBY_34 = `/srv/app/lib/orders.rb:12:in 'Orders#find'
/srv/app/config.ru:5:in 'block in <main>'
/usr/lib/ruby/rack.rb:9:in 'Rack::Builder#call'`;
const GO = `panic: runtime error: invalid memory address or nil pointer dereference
goroutine 34 [running]:
main.(*server).show(0xc000126000)
\t/go/src/app/main.go:57 +0x1d
net/http.HandlerFunc.ServeHTTP(0xc0001)
\t/usr/local/go/src/net/http/server.go:2136 +0x29`;

/** What it is, what has to be said of it, and the body, as frameworks answer when nobody told them not to. */
export const STACK_BODIES: readonly (readonly [what: string, stack: StackKind, body: string, type?: string])[] = [
  ["Java as text", "java", JAVA, "text/plain"],
  ["Java in JSON", "java", json({ timestamp: "2026-11-23T12:00:00Z", status: 500, error: "x", trace: JAVA.replace(/\n/g, "\r\n") })],
  [
    "Java in a list of lines",
    "java",
    json({ stackTrace: JAVA.split("\n") })
      .replace(/","/g, '",\n"')
      .replace(/"\\tat/g, "\\tat"),
  ],
  ["Java in Tomcat's page", "java", page(`<h1>HTTP Status 500</h1><p><b>Exception</b></p><pre>${html(JAVA)}</pre>`), "text/html"],
  ["Java in XML", "java", `<?xml version="1.0"?><fault><detail>${JAVA}</detail></fault>`, "text/xml"],
  ["Kotlin", "java", KOTLIN],
  ["Java without sources", "java", "E\n\tat a.B.c(Unknown Source)\n\tat a.B.d(Native Method)\n"],
  ["Python as text", "python", PYTHON],
  ["Python in JSON", "python", json({ detail: PYTHON })],
  ["Python in a page", "python", page(`<pre>${html(PYTHON)}</pre>`)],
  ["Python on Windows in JSON", "python", json({ error: PYTHON_ON_WINDOWS })],
  ["Python on Windows in a page", "python", page(`<pre>${PYTHON_ON_WINDOWS}</pre>`)],
  ["Express in development", "javascript", page(`<pre>${html(EXPRESS).replace(/\n/g, "<br> &nbsp; &nbsp;")}</pre>`)],
  ["JavaScript in JSON", "javascript", json({ message: "Not here", stack: EXPRESS })],
  ["JavaScript on Windows in JSON", "javascript", json({ stack: NODE_ON_WINDOWS })],
  ["JavaScript modules", "javascript", MODULES],
  ["PHP as text", "php", PHP],
  ["PHP in a page", "php", page(`<br />\n<b>${PHP.replace(/\n/g, "<br />")}</b>`)],
  ["PHP in JSON", "php", json({ error: { trace: PHP } })],
  ["PHP on Windows", "php", page(`<pre>${PHP_ON_WINDOWS}</pre>`)],
  ["PHP on Windows in JSON", "php", json({ trace: PHP_ON_WINDOWS })],
  [
    "Laravel's JSON",
    "php",
    json({
      message: "",
      exception: "Symfony\\Component\\HttpKernel\\Exception\\NotFoundHttpException",
      file: "/var/www/html/vendor/laravel/framework/src/Illuminate/Routing/AbstractRouteCollection.php",
      line: 43,
      trace: [{ file: "/var/www/html/vendor/laravel/framework/src/Illuminate/Routing/RouteCollection.php", line: 162, function: "handle" }],
    }),
  ],
  [
    "API Platform's JSON",
    "php",
    json({
      "hydra:description": "Not Found",
      trace: ["RouterListener.php", "WrappedListener.php"].map((file) => ({
        namespace: "",
        class: "",
        file: `/srv/app/vendor/symfony/http-kernel/${file}`,
        line: 128,
      })),
    }),
    "application/problem+json",
  ],
  [".NET as text", "dotnet", DOTNET],
  [".NET in JSON", "dotnet", json({ Message: "An error has occurred.", StackTrace: DOTNET.replace(/\n/g, "\r\n") })],
  [".NET in problem details", "dotnet", json({ title: "x", exception: { details: DOTNET } }), "application/problem+json"],
  [".NET in a page", "dotnet", page(`<pre>${html(DOTNET)}</pre>`)],
  ["Ruby before 3.4", "ruby", RUBY],
  ["Ruby since 3.4", "ruby", RUBY_34],
  ["Rails' JSON", "ruby", json({ status: 404, traces: { "Application Trace": RUBY.split("\n").map((trace, id) => ({ id, trace })) } })],
  ["Go", "go", GO],
  ["Go in JSON", "go", json({ error: GO })],
  ["a member with a path", "member", json({ error: "x", stack: "Error: x in /srv/app/lib/orders.js" })],
  ["a member with a file of Windows", "member", json({ exception: "x in D:\\sites\\api\\web.config" })],
  ["a member with a class and a line", "member", json({ stackTrace: ["OrderService.java:12"] })],
  ["a member with a URL of a file", "member", json({ stack: "x (file:///srv/app/lib/orders.js)" })],
];

export const DEBUG_BODIES: readonly (readonly [what: string, page: DebugPage, body: string, type?: string])[] = [
  [
    "Django's 404",
    "django",
    page(
      "<h1>Page not found <small>(404)</small></h1><p>You’re seeing this error because you have <code>DEBUG = True</code> in your Django settings file.</p>",
    ),
  ],
  ["Django's 500", "django", page("<table><tr><th scope='row'>Django Version:</th><td>4.2.7</td></tr></table>")],
  [
    "Django's 500 as text",
    "django",
    "KeyError at /v1/orders\n'x'\n\nRequest Method: GET\nDjango Version: 4.2.7\nPython Executable: /usr/bin/python\n",
  ],
  ["Werkzeug", "werkzeug", page('<div class="debugger"><h1>KeyError</h1></div><script src="?__debugger__=yes&amp;cmd=resource"></script>')],
  ["Werkzeug's title", "werkzeug", "<!doctype html><html><head><title>KeyError: 'x'\n // Werkzeug Debugger</title></head></html>"],
  ["Laravel Ignition", "laravel", page("<script>window.ignite({report: {}})</script>")],
  ["Whoops", "laravel", "<!DOCTYPE html><html><head><title>Whoops! There was an error.</title></head></html>"],
  [
    "ASP.NET's yellow page",
    "aspnet",
    page("<span><h1>Server Error in '/' Application.<hr></h1></span><b>Source Error:</b><code>Line 3: x</code><b>Stack Trace:</b>"),
  ],
  ["ASP.NET Core", "aspnet", page('<div id="stackpage" class="page"><ul></ul></div>')],
  ["Rails", "rails", page("<h1>Action Controller: Exception caught</h1><p><code>Rails.root: /srv/app</code></p>")],
  ["Rails' routing", "rails", "<!DOCTYPE html><html><head><title>Routing Error</title></head></html>"],
  ["Spring Boot", "spring", json({ timestamp: 1, status: 500, trace: `${JAVA}\n\t... 12 more` })],
  ["Symfony", "symfony", page('<div class="exception-message-wrapper"><h1>No route found</h1></div>')],
  ["Symfony's tool bar", "symfony", page('<div id="sfwdt1" class="sf-toolbar sf-display-none"></div>')],
];

export const SIGNED_BODIES: readonly (readonly [what: string, signatures: readonly string[], body: string])[] = [
  [
    "nginx",
    ["nginx/1.30.4"],
    "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.30.4</center>\r\n",
  ],
  ["nginx of a distribution", ["nginx/1.18.0 (Ubuntu)"], page("<hr><center>nginx/1.18.0 (Ubuntu)</center>")],
  ["openresty", ["openresty/1.21.4.1"], page("<hr><center>openresty/1.21.4.1</center>")],
  ["Apache", ["Apache/2.4.41 (Ubuntu)"], page("<hr><address>Apache/2.4.41 (Ubuntu) Server at api.acme.example Port 443</address>")],
  [
    "Apache with modules",
    ["Apache/2.4.6 (CentOS)", "PHP/5.4.16"],
    page("<address>Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16 Server at x Port 80</address>"),
  ],
  ["Tomcat", ["Apache Tomcat/10.1.59"], page('<hr class="line" /><h3>Apache Tomcat/10.1.59</h3>')],
  ["Tomcat of one digit", ["Apache Tomcat/9.0.5"], page("<h3>Apache Tomcat/9.0.5</h3>")],
  ["Jetty", ["Jetty/9.4.43.v20210629"], page('<hr/><a href="https://eclipse.org/jetty">Powered by Jetty:// 9.4.43.v20210629</a><hr/>')],
  [
    "IIS in detail",
    ["Microsoft-IIS/10.0"],
    "<!DOCTYPE html><html><head><title>IIS 10.0 Detailed Error - 404.0 - Not Found</title></head></html>",
  ],
  [
    "lighttpd",
    ["lighttpd/1.4.53"],
    '<?xml version="1.0" encoding="iso-8859-1"?>\n<html><body><h1>404 - Not Found</h1><hr /><i>lighttpd/1.4.53</i></body></html>',
  ],
  ["squid", ["squid/4.10"], page("<p>Generated Mon, 23 Nov 2026 12:00:00 GMT by proxy (squid/4.10)</p>")],
  ["WEBrick", ["WEBrick/1.6.1"], page("<ADDRESS>\n WEBrick/1.6.1 (Ruby/2.7.0/2019-12-25) at\n localhost:80</ADDRESS>")],
];

/** What tools take for a stack or a banner, and is none. */
export const INNOCENT_BODIES: readonly (readonly [what: string, body: string, type?: string])[] = [
  ["nothing", ""],
  ["a plain word", "Not found"],
  ["internal error (ZAP 90022)", json({ error: "internal error" })],
  ["Unknown table (ZAP 90022)", json({ error: "Unknown table 'orders' in filter" })],
  ["Invalid parameter type (ZAP 90022)", json({ error: "Invalid parameter type: limit" })],
  ["Error Report (ZAP 90022)", page("<h1>Error Report</h1>")],
  ["an exception in words", json({ message: "An exception occurred while processing your request." })],
  ["the name of one", json({ exception: "OrderNotFoundException" })],
  ["the name of one with its package", json({ exception: "com.acme.orders.OrderNotFoundException" })],
  ["the name of one as a trace", json({ trace: "OrderNotFoundException" })],
  ["the name of one with its package as a trace", json({ trace: "com.acme.orders.NotFoundException", status: 404 })],
  ["a trace id", json({ trace: "4bf92f3577b34da6a3ce929d0e0e4736" })],
  [
    "a trace id of ASP.NET",
    json({ type: "about:blank", traceId: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00" }),
    "application/problem+json",
  ],
  ["trace_id", json({ trace_id: "abc", span_id: "def" })],
  ["a trace that is off", json({ trace: null, stack: [], backtrace: "" })],
  ["a stack of other things", json({ stack: "blue-green", stack_trace: "disabled in production" })],
  ["a link to the documentation", json({ exception: "See https://docs.acme.example/errors/not-found.php" })],
  ["a link to a script", json({ trace: "https://cdn.acme.example/static/js/errors.js" })],
  ["a path of the API", json({ trace: "/v1/orders/42/items" })],
  ["one frame of Java", "at com.acme.api.OrderController.show(OrderController.java:42)"],
  ["one frame of Python", 'File "/app/api/orders.py", line 17, in show'],
  ["one frame of JavaScript", "Error: x\n    at /app/src/orders.js:12:11"],
  ["one frame of PHP", "#0 /var/www/html/index.php(9): main()"],
  ["one frame of Go", "panic: x\n\t/go/src/app/main.go:57 +0x1d"],
  ["one frame of each", "at a.B.c(B.java:1)\n#0 /a/b.php(1): x\nx.rb:1:in `y'"],
  ["prose about frames", page("<p>The first frame looks like at Foo.bar(Foo.java:1), the second like at Foo.baz(Foo.java:2).</p>")],
  ["a call in prose", "Look at line(s) 3 and 4 of your request.\nLook at the manual (chapter 2).\nMeet at noon (sharp)"],
  ["a list of times", "at 12:30:01\nat 12:30:02\nat 12:30:03"],
  ["a list of places", json({ closest: ["at Berlin (DE)", "at Paris (FR)"] })],
  ["line and column of a syntax error", json({ error: "Unexpected token at line 3:14" })],
  [
    "file and line of an upload",
    json({
      errors: [
        { file: "orders.csv", line: 3 },
        { file: "orders.csv", line: 9 },
      ],
    }),
  ],
  ["a friendly word", json({ message: "Whoops! There was an error." })],
  ["a friendly page", page("<p>Whoops! There was an error.</p>")],
  ["a question about settings", json({ message: "You may be seeing this error because you have DEBUG = True in your settings" })],
  ["a product without a version", page("<hr><center>nginx</center>")],
  ["Apache without a version", page("<address>Apache Server at api.acme.example Port 443</address>")],
  ["a path with a product", page('<img src="/icons/PHP/8.2/logo.png"><a href="/docs/nginx/1.18.0/">x</a>')],
  ["a banner in JSON", json({ agent: "nginx/1.18.0" })],
  ["a version of the API", page("<p>Acme API/2.4.1, request 10.7.31.9</p>")],
  ["HTTP/1.1 and TLS/1.3", page("<p>Use HTTP/1.1 or HTTP/2.0 over TLS/1.3</p>")],
  ["a problem", json({ type: "https://acme.example/problems/out-of-credit", title: "No credit", status: 403 }), "application/problem+json"],
  ["an error of S3", '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><HostId>a/b+c=</HostId></Error>', "application/xml"],
  [
    "an error of Google",
    json({ error: { code: 404, status: "NOT_FOUND", details: [{ "@type": "type.googleapis.com/google.rpc.DebugInfo" }] } }),
  ],
];

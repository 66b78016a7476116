import { describe, expect, it } from "vitest";
import { connectionString } from "../../../../../src/observe/classify/detectors/secret/connection-string.ts";
import { asker } from "../support.ts";

const ask = asker(connectionString);

describe("connection_string", () => {
  it.each([
    "postgres://app:s3cr3t@db.example.com:5432/app",
    "mongodb+srv://u:p%40ss@cluster0.example.net/db?retryWrites=true",
    "redis://:s3cr3t@cache.example.com:6379/0",
    "amqps://svc:s3cr3t@mq.example.com/vhost",
    "jdbc:postgresql://db.example.com/app?user=app&password=s3cr3t",
    "Server=tcp:sql.example.com,1433;User ID=svc;Password=s3cr3t;Encrypt=True",
    "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=c2VjcmV0c2VjcmV0;EndpointSuffix=core.windows.net",
    "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=c2VjcmV0",
    "could not connect to mysql://root:s3cr3t@10.0.0.5/app (timeout)",
  ])("is %s", (text) => {
    expect(ask(text)?.confidence).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    "postgres://db.example.com:5432/app",
    "postgres://app@db.example.com/app",
    "postgres://app:****@db.example.com/app",
    "postgres://app:$PASSWORD@db.example.com/app",
    "https://user:pw@example.com/",
    "Server=sql.example.com;Integrated Security=True",
    "password=1234567; nothing else",
    "mailto:a:b@example.com",
  ])("is not %s", (text) => {
    expect(ask(text)).toBeUndefined();
  });

  it.each(["password", "Secret", "your_password", "pwd"])("takes the word %s for a sample where the name promises a password", (word) => {
    expect(ask(`postgres://app:${word}@db.acme.com:5432/app`, "database_url")).toMatchObject({ sample: true });
    expect(ask(`postgres://app:${word}@db.acme.com:5432/app`, "text")).toBeUndefined();
  });

  it("takes what only begins with such a word for a password", () => {
    expect(ask("postgres://app:password1@db.acme.com:5432/app", "text")).toMatchObject({ sample: false });
    expect(ask("postgres://app:[PASSWORD]@db.acme.com:5432/app", "database_url")).toBeUndefined();
    expect(ask("https://app:password@db.acme.com/app", "database_url")).toBeUndefined();
  });
});

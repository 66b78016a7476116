import { describeHistoryStore } from "./conformance.ts";
import { describeOutbox } from "./outbox-conformance.ts";
import { sqlitePlace } from "./sqlite-place.ts";

describeHistoryStore("SQLite", sqlitePlace);
describeOutbox("SQLite", sqlitePlace);

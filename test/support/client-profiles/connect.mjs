// Connects to 127.0.0.1 at the port given, with everything at its default but that any certificate will do. Exit code 0: connected.
import { connect } from "node:tls";

const socket = connect({ host: "127.0.0.1", port: Number(process.argv[2]), servername: "localhost", rejectUnauthorized: false }, () =>
  process.exit(0),
);
socket.on("error", () => process.exit(1));

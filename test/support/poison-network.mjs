// Preloaded into a process: nothing in it, nor in a thread of it, can open a socket or ask for a name. It dies instead.
import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";

const poisoned = (what) => () => {
  process.stderr.write(`the network was touched: ${what}\n`);
  process.exit(97);
};

net.Socket.prototype.connect = poisoned("connect");
dgram.createSocket = poisoned("datagram");
for (const name of ["lookup", "resolve", "resolve4", "resolve6"]) {
  dns[name] = poisoned(name);
  dns.promises[name] = poisoned(name);
}
dns.Resolver.prototype.resolve = poisoned("resolver");

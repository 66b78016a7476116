// A TCP relay that counts, and delays when told to. JavaScript, because the benchmarks run it with bare node 20.
import { connect, createServer } from "node:net";

const REAL_CLOCK = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    setTimeout(run, milliseconds);
  },
};

/**
 * Relays 127.0.0.1:port to `target`. Bytes travel half a round trip each way, and the first ones from the client wait
 * one more: the time that its SYN and the answer would have taken. Resets and ends travel like bytes.
 */
export async function startRelay(target, { roundTripMs = 0, clock = REAL_CLOCK } = {}) {
  const counts = { connections: 0, bytesUp: 0, bytesDown: 0 };
  const sockets = new Set();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    counts.connections += 1;
    const provider = connect({ ...target, allowHalfOpen: true });
    for (const socket of [client, provider]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once("close", () => sockets.delete(socket));
    }
    const established = clock.now() + roundTripMs;
    const oneWay = roundTripMs / 2;
    carry(
      client,
      provider,
      () => Math.max(clock.now(), established) + oneWay,
      clock,
      (bytes) => {
        counts.bytesUp += bytes;
      },
    );
    carry(
      provider,
      client,
      () => clock.now() + oneWay,
      clock,
      (bytes) => {
        counts.bytesDown += bytes;
      },
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    counts: () => ({ ...counts }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function carry(from, to, dueTime, clock, count) {
  const queue = [];
  let waiting = false;
  const deliver = () => {
    waiting = false;
    while (queue.length > 0 && queue[0].due <= clock.now()) queue.shift().act();
    if (queue.length > 0) wait();
  };
  const wait = () => {
    if (waiting) return;
    waiting = true;
    clock.after(Math.max(0, queue[0].due - clock.now()), deliver);
  };
  const later = (act) => {
    queue.push({ due: dueTime(), act });
    deliver();
  };
  from.on("data", (bytes) => {
    count(bytes.length);
    later(() => to.write(bytes));
  });
  from.on("end", () => later(() => to.end()));
  from.on("error", () => later(() => to.resetAndDestroy()));
  from.on("close", () => later(() => to.destroySoon()));
}

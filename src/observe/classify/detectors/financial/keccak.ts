/** Keccak-256 with the padding of before FIPS 202, as Ethereum has it: 32 bytes. For texts of less than 136 bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(RATE);
  block.set(bytes.subarray(0, RATE - 1));
  block[Math.min(bytes.length, RATE - 1)] = 0x01;
  block[RATE - 1] = (block[RATE - 1] ?? 0) | 0x80;
  const lanes: bigint[] = Array.from({ length: 25 }, () => 0n);
  const view = new DataView(block.buffer);
  for (let lane = 0; lane < RATE / 8; lane += 1) lanes[lane] = view.getBigUint64(lane * 8, true);
  permute(lanes);
  const digest = new DataView(new ArrayBuffer(32));
  for (let lane = 0; lane < 4; lane += 1) digest.setBigUint64(lane * 8, lanes[lane] ?? 0n, true);
  return new Uint8Array(digest.buffer);
}

/** Keccak-f[1600]: lanes at x + 5y. */
function permute(lanes: bigint[]): void {
  const at = (index: number) => lanes[index] ?? 0n;
  for (const constant of ROUND_CONSTANTS) {
    const columns = [0, 1, 2, 3, 4].map((x) => at(x) ^ at(x + 5) ^ at(x + 10) ^ at(x + 15) ^ at(x + 20));
    const parities = [0, 1, 2, 3, 4].map((x) => (columns[(x + 4) % 5] ?? 0n) ^ rotate(columns[(x + 1) % 5] ?? 0n, 1));
    for (let index = 0; index < 25; index += 1) lanes[index] = at(index) ^ (parities[index % 5] ?? 0n);
    moveLanes(lanes);
    for (let row = 0; row < 25; row += 5) {
      const before = lanes.slice(row, row + 5);
      for (let x = 0; x < 5; x += 1)
        lanes[row + x] = (before[x] ?? 0n) ^ (~(before[(x + 1) % 5] ?? 0n) & MASK & (before[(x + 2) % 5] ?? 0n));
    }
    lanes[0] = at(0) ^ constant;
  }
}

/** Rho and pi in one walk. */
function moveLanes(lanes: bigint[]): void {
  let [x, y] = [1, 0];
  let carried = lanes[1] ?? 0n;
  for (let step = 0; step < 24; step += 1) {
    [x, y] = [y, (2 * x + 3 * y) % 5];
    const next = lanes[x + 5 * y] ?? 0n;
    lanes[x + 5 * y] = rotate(carried, (((step + 1) * (step + 2)) / 2) % 64);
    carried = next;
  }
}

function rotate(lane: bigint, bits: number): bigint {
  return ((lane << BigInt(bits)) | (lane >> BigInt(64 - bits))) & MASK;
}

/** From the linear feedback shift register of FIPS 202 section 3.2.5. */
function roundConstants(): readonly bigint[] {
  let register = 1;
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let bit = 0; bit < 7; bit += 1) {
      if ((register & 1) === 1) constant |= 1n << BigInt(2 ** bit - 1);
      register = (register << 1) ^ ((register >> 7) * 0x171);
    }
    return constant;
  });
}

const RATE = 136;
const MASK = 2n ** 64n - 1n;
const ROUND_CONSTANTS = roundConstants();

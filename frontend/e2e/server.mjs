// Starts the real program with a sample institution: a copy of the one in the
// folder that ANWEN_SAMPLE names, else a fresh one; or uses the running program
// that ANWEN_ADDRESS names.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env.ANWEN_BINARY ?? new URL("../../bin/anwen", import.meta.url).pathname;
const patience = 180_000; // the first start fills two years of history

export async function startServer() {
  if (process.env.ANWEN_ADDRESS) return { url: process.env.ANWEN_ADDRESS, stop: async () => {}, rest: async () => {}, remove: () => {} };
  const data = mkdtempSync(join(tmpdir(), "anwen-e2e-"));
  chmodSync(data, 0o755); // the database's own account must get in
  // cp keeps the owner, which the database insists on.
  if (process.env.ANWEN_SAMPLE) execFileSync("cp", ["-a", join(process.env.ANWEN_SAMPLE, "demo"), data]);
  let running = await run(data, "127.0.0.1:0");
  const ended = (signal) =>
    new Promise((resolve) => {
      running.child.removeAllListeners("exit");
      running.child.on("exit", resolve);
      running.child.kill(signal);
    });
  const remove = () => rmSync(data, { recursive: true, force: true });
  return {
    url: running.url,
    data,
    stop: () => ended("SIGINT").then(remove),
    /** rest ends the program and leaves its folder, to be copied until remove. */
    rest: () => ended("SIGINT"),
    remove,
    /** crash kills the program as a power cut would. */
    crash: () => ended("SIGKILL"),
    /** restart starts it again on the same data, at the same address. */
    restart: async () => {
      running = await run(data, new URL(running.url).host);
    },
  };
}

async function run(data, address) {
  const child = spawn(binary, ["demo", "--addr", address, "--data", join(data, "demo")], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the program did not start in ${patience / 1000} s:\n${said}`)), patience);
    const listen = (chunk) => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) {
        clearTimeout(timer);
        resolve(found[0]);
      }
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the program ended with ${code}:\n${said}`));
    });
  });
  await ready(url);
  return { url, child };
}

async function ready(url) {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url}/readyz does not say ready`);
}

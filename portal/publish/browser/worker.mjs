// Datasette with this portal's plugins and templates, in Python compiled for the browser. Its database is a file of which only the
// parts that are read are fetched (HTTP Range); from a host that knows no ranges it is fetched whole, once.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const CHUNK = 65536;
const MOST_AHEAD = 16; // chunks that one request fetches when a file is read from front to back
const began = performance.now();
const cost = { requests: 0, bytes: 0 };

function fetched(url, first, last) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false); // SQLite waits for its bytes; a worker may wait with it
  request.responseType = "arraybuffer";
  request.setRequestHeader("Range", `bytes=${first}-${last}`);
  request.send();
  cost.requests += 1;
  cost.bytes += request.response?.byteLength ?? 0;
  return request;
}

function openInParts(FS, folder, name, url) {
  const chunks = new Map();
  let size = 0;
  let last = -2;
  let ahead = 1;
  function keep(from, data) {
    for (let i = 0; i * CHUNK < data.length; i++) chunks.set(from + i, data.subarray(i * CHUNK, (i + 1) * CHUNK));
  }
  function load(chunk) {
    ahead = chunk === last + 1 ? Math.min(ahead * 2, MOST_AHEAD) : 1;
    let count = 1;
    while (count < ahead && !chunks.has(chunk + count)) count++;
    const request = fetched(url, chunk * CHUNK, (chunk + count) * CHUNK - 1);
    if (request.status === 200) {
      size = request.response.byteLength;
      return keep(0, new Uint8Array(request.response));
    }
    if (request.status !== 206) throw new Error(`portal.db: HTTP ${request.status}`);
    size ||= Number(request.getResponseHeader("Content-Range").split("/")[1]);
    keep(chunk, new Uint8Array(request.response));
    last = chunk + count - 1;
  }
  load(0);
  const node = FS.createDataFile(folder, name, new Uint8Array(0), true, false, false) ?? FS.lookupPath(`${folder}/${name}`).node;
  Object.defineProperty(node, "usedBytes", { get: () => size, set() {} });
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream, buffer, offset, length, position) {
      const end = Math.min(position + length, size);
      let done = 0;
      while (position + done < end) {
        const place = position + done;
        const chunk = Math.floor(place / CHUNK);
        if (!chunks.has(chunk)) load(chunk);
        const part = chunks.get(chunk).subarray(place % CHUNK, (place % CHUNK) + end - place);
        buffer.set(part, offset + done);
        done += part.length;
      }
      return done;
    },
  };
}

const START = `
import json, sys, types
sys.path[:0] = ["/site", "/portal"]
sys.modules["uvicorn"] = types.ModuleType("uvicorn")  # Datasette imports it; nothing is served here
from pathlib import Path
from datasette.app import Datasette
settings = Path("/portal/settings.json")
# There are no threads, and nobody else waits: a statement may take as long as its parts of the database take to come.
ours = {"num_sql_threads": 0, "sql_time_limit_ms": 120_000, "facet_time_limit_ms": 10_000}
settings.write_text(json.dumps({**json.loads(settings.read_text()), **ours}))
portal = Datasette([], config_dir=Path("/portal"))
await portal.invoke_startup()
async def ask(address):
    answer = await portal.client.get(address, follow_redirects=True)
    return [answer.status_code, answer.headers.get("content-type", ""), answer.text]
`;

async function start() {
  const bytes = (name) =>
    fetch(new URL(name, self.location)).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: HTTP ${answer.status}`);
      return answer.arrayBuffer();
    });
  const archives = Promise.all([bytes("packages.zip"), bytes("portal.zip")]);
  const python = await loadPyodide({ indexURL: new URL("./pyodide/", self.location).href });
  const [packages, portal] = await archives;
  for (const [folder, archive] of [["/site", packages], ["/portal", portal]]) {
    python.FS.mkdirTree(folder);
    python.unpackArchive(archive, "zip", { extractDir: folder });
  }
  openInParts(python.FS, "/portal", "portal.db", new URL("../portal.db", self.location).href);
  await python.runPythonAsync(START);
  return { ask: python.globals.get("ask"), startedIn: performance.now() - began };
}

const started = start();

onmessage = async ({ data: { id, address } }) => {
  try {
    const { ask, startedIn } = await started;
    const before = { ...cost };
    const from = performance.now();
    const [status, type, body] = (await ask(address)).toJs();
    const took = performance.now() - from;
    postMessage({ id, status, type, body, took, startedIn, requests: cost.requests - before.requests, bytes: cost.bytes - before.bytes });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
};

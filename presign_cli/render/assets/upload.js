"use strict";
(() => {
  const job = JSON.parse(document.getElementById("job").textContent);
  const at = (id) => document.getElementById(id);
  const form = at("form"), input = at("file"), drop = at("drop"), send = at("send"), stop = at("stop");
  const until = Date.parse(job.until);
  const skew = 15 * 60 * 1000; // servers take what is dated that much ahead
  const from = Date.parse(job.from) - skew;
  const sameTypes = [
    ["text/csv", "application/vnd.ms-excel"],
    ["application/zip", "application/x-zip-compressed"],
    ["application/gzip", "application/x-gzip"],
  ];
  let running = null; // what is under way: {stop()}
  let finished = false;

  // ---- Words ----

  const units = ["bytes", "kB", "MB", "GB", "TB"];
  function sizeInWords(size) {
    let step = 0, shown = size;
    while (shown >= 1000 && step < units.length - 1) { shown /= 1000; step += 1; }
    const figure = step === 0 || shown >= 100 ? String(Math.round(shown)) : shown.toFixed(1).replace(/\.0$/, "");
    return `${figure} ${size === 1 ? "byte" : units[step]}`;
  }

  function timeInWords(seconds) {
    const pieces = [["day", 86400], ["h", 3600], ["min", 60], ["s", 1]];
    const first = pieces.findIndex(([, length]) => seconds >= length);
    if (first < 0) return "0 s";
    return pieces.slice(first, first + 2).map(([name, length], index) => {
      const count = Math.floor((index === 0 ? seconds : seconds % pieces[first][1]) / length);
      return count === 0 && index > 0 ? "" : `${count} ${name}${name === "day" && count !== 1 ? "s" : ""}`;
    }).filter(Boolean).join(" ");
  }

  const causes = {
    EntityTooLarge: "The file is too large for this upload.",
    EntityTooSmall: "The file is too small for this upload.",
    SignatureDoesNotMatch: "The file, or something sent with it, is not what this upload was made for.",
    PreconditionFailed: "There is already a file at this place, and it must not be replaced.",
    ConditionalRequestConflict: "There is already a file at this place, and it must not be replaced.",
    BadDigest: "The file that arrived is not the file that was asked for.",
    XAmzContentSHA256Mismatch: "The file that arrived is not the file that was asked for.",
    XAmzContentChecksumMismatch: "The file that arrived is not the file that was asked for.",
    NoSuchUpload: "This upload was completed already, or somebody has cancelled it.",
    NoSuchBucket: "The place for the file does not exist.",
    ExpiredToken: "The time for this upload is over.",
    InvalidToken: "This upload is no longer allowed.",
    InvalidAccessKeyId: "This upload is no longer allowed.",
    AccessDenied: "The storage refused the upload: it is no longer allowed, or was changed on its way.",
    SlowDown: "The storage is busy. Try again in a minute.",
    InternalError: "The storage had a fault of its own. Try again in a minute.",
  };

  function problemOf(answer) {
    if (answer.status === 0) {
      return "The storage could not be reached. Check your connection and try again.\n" +
        "If that does not help, tell whoever sent you this page: the storage may not allow uploads from " +
        "pages like this one (the bucket's CORS rules).";
    }
    const code = between(answer.text, "Code"), message = between(answer.text, "Message");
    const late = /expired/i.test(`${code} ${message}`);
    const words = late ? "The time for this upload is over. Ask for a new page." : causes[code];
    const detail = [code, message].filter(Boolean).join(": ") || `HTTP ${answer.status}`;
    return words ? `${words}\n(${detail})` : `The storage refused the upload.\n(${detail})`;
  }

  function between(text, name) {
    const parsed = new DOMParser().parseFromString(text || "", "application/xml");
    const found = parsed.getElementsByTagName(name)[0];
    return found ? found.textContent.slice(0, 300) : "";
  }

  function say(text, done) {
    at("status").textContent = text;
    at("status").classList.toggle("done", Boolean(done));
  }

  function complain(text) {
    at("problem").textContent = text;
    input.setAttribute("aria-invalid", String(Boolean(text)));
  }

  // ---- What may be sent ----

  function objection(file) {
    const size = `${sizeInWords(file.size)} (${file.size.toLocaleString("en")} bytes)`;
    if (job.size !== null && file.size !== job.size) {
      return `This file has ${size}. The upload is for a file of exactly ${job.size.toLocaleString("en")} bytes.`;
    }
    if (job.max !== null && file.size > job.max) {
      return `This file is too large: it has ${size}, and at most ${sizeInWords(job.max)} are allowed.`;
    }
    if (job.min !== null && file.size < job.min) {
      return `This file is too small: it has ${size}, and at least ${sizeInWords(job.min)} are needed.`;
    }
    return objectionToType(file.type.toLowerCase());
  }

  function objectionToType(type) {
    if (job.typePrefix !== null) {
      if (type && type.startsWith(job.typePrefix)) return "";
      if (!type && job.typePrefix === "") return "";
      return `This file is ${type || "of a type that your browser does not know"}. Only ${job.typePrefix}* is allowed.`;
    }
    const wanted = (job.type || "").split(";")[0].trim().toLowerCase();
    const same = sameTypes.some((pair) => pair.includes(wanted) && pair.includes(type));
    if (!wanted || !type || type === wanted || same || wanted === "application/octet-stream") return "";
    return `This file is ${type}. Only ${wanted} is allowed.`;
  }

  function chosen() {
    const file = input.files[0];
    complain("");
    say("");
    at("course").hidden = true;
    drop.classList.toggle("chosen", Boolean(file));
    at("invite").textContent = file ? file.name : "Choose a file";
    at("hint").textContent = file ? sizeInWords(file.size) : "or drop it here";
    send.textContent = "Upload";
    if (file) complain(objection(file));
    settle();
  }

  function settle() {
    const file = input.files[0], late = Date.now() >= until || Date.now() < from;
    send.disabled = Boolean(running) || finished || late || !file || Boolean(objection(file));
    input.disabled = Boolean(running) || finished || late;
    drop.classList.toggle("locked", input.disabled);
    send.hidden = Boolean(running) || finished;
    stop.hidden = !running;
  }

  // ---- Requests ----

  function request(method, url, { headers = {}, body = null, progress = () => {} }, held) {
    return new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      const answer = () => resolve({
        status: xhr.status, text: xhr.responseText, stopped: held.stopped,
        etag: xhr.status === 200 ? xhr.getResponseHeader("ETag") : null,
      });
      xhr.open(method, url);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.upload.addEventListener("progress", (event) => progress(event.loaded));
      xhr.addEventListener("loadend", answer);
      held.requests.add(xhr);
      xhr.addEventListener("loadend", () => held.requests.delete(xhr));
      xhr.send(body);
    });
  }

  function hold() {
    const held = { stopped: false, requests: new Set(), wake: () => {} };
    held.stop = () => {
      held.stopped = true;
      held.wake();
      for (const xhr of held.requests) xhr.abort();
    };
    return held;
  }

  const good = (answer) => answer.status >= 200 && answer.status < 300;

  async function put(file, held, progress) {
    const body = job.headers["content-type"] ? new Blob([file], { type: job.headers["content-type"] }) : new Blob([file]);
    return request("PUT", job.url, { headers: job.headers, body, progress }, held);
  }

  async function post(file, held, progress) {
    const data = new FormData();
    for (const [name, value] of job.fields) {
      const fill = name === "Content-Type" && job.typePrefix !== null;
      data.append(name, fill ? file.type || "application/octet-stream" : value);
    }
    data.append("file", file, file.name);
    if (!job.redirect) return request("POST", job.url, { body: data, progress }, held);
    // a redirect is S3's yes; only fetch can stop at it
    at("bar").removeAttribute("value");
    const abort = new AbortController();
    held.requests.add(abort);
    try {
      const answer = await fetch(job.url, { method: "POST", body: data, redirect: "manual", signal: abort.signal });
      const yes = answer.type === "opaqueredirect";
      return { status: yes ? 303 : answer.status, text: yes ? "" : await answer.text(), stopped: false };
    } catch {
      return { status: 0, text: "", stopped: held.stopped };
    } finally {
      held.requests.delete(abort);
    }
  }

  // ---- In parts ----

  const memory = {
    name: `presign:${job.uploadId}`,
    read(file) {
      try {
        const kept = JSON.parse(localStorage.getItem(this.name));
        return kept && kept.file === fingerprint(file) ? kept.etags : {};
      } catch { return {}; }
    },
    write(file, etags) {
      try { localStorage.setItem(this.name, JSON.stringify({ file: fingerprint(file), etags })); } catch { /* private mode */ }
    },
    forget() {
      try { localStorage.removeItem(this.name); } catch { /* private mode */ }
    },
  };
  const fingerprint = (file) => `${file.name}|${file.size}|${file.lastModified}`;
  let etags = {}, etagsOf = null;

  async function multipart(file, held, progress) {
    if (etagsOf !== fingerprint(file)) { etags = memory.read(file); etagsOf = fingerprint(file); }
    const todo = job.parts.filter((part) => !etags[part.number]);
    const sent = new Map(job.parts.filter((part) => etags[part.number]).map((part) => [part.number, part.size]));
    const count = () => progress([...sent.values()].reduce((sum, size) => sum + size, 0));
    if (sent.size) say(`Going on where it stopped: ${sent.size} of ${job.parts.length} parts are there already.`);
    count();
    let failed = null;
    const worker = async () => {
      while (todo.length && !failed && !held.stopped) {
        const part = todo.shift();
        const blob = file.slice(part.offset, part.offset + part.size);
        const step = (loaded) => { sent.set(part.number, Math.min(loaded, part.size)); count(); };
        const answer = await stubborn(held, () =>
          request("PUT", part.url, { headers: job.partHeaders, body: blob, progress: step }, held));
        if (good(answer) && answer.etag) {
          etags[part.number] = answer.etag;
          memory.write(file, etags);
          step(part.size);
        } else {
          failed = good(answer) ? { status: 0, text: "" } : answer;
        }
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    if (failed || held.stopped) return { ...(failed || { status: 0, text: "" }), stopped: held.stopped };
    say("Putting the parts together…");
    const answer = await stubborn(held, () => complete(held));
    const gone = between(answer.text, "Code");
    if (good(answer) || gone === "InvalidPart" || gone === "NoSuchUpload") { memory.forget(); etagsOf = null; }
    return answer;
  }

  // S3 may answer 200 and an <Error> in it
  async function complete(held) {
    const list = job.parts.map((part) =>
      `<Part><PartNumber>${part.number}</PartNumber><ETag>${etags[part.number].replace(/&/g, "&amp;").replace(/</g, "&lt;")}</ETag></Part>`);
    const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list.join("")}</CompleteMultipartUpload>`;
    const headers = { "content-type": "application/xml", ...job.completeHeaders };
    const answer = await request("POST", job.completeUrl, { headers, body }, held);
    const code = good(answer) ? between(answer.text, "Code") : "";
    if (!code) return answer;
    return { ...answer, status: ["InternalError", "SlowDown", "RequestTimeout"].includes(code) ? 503 : 400 };
  }

  // Once more after a dropped connection or S3's "later": 1, 2, 4… seconds on, or when the network is back.
  async function stubborn(held, attempt) {
    for (let tries = 1; ; tries += 1) {
      const answer = await attempt();
      const passing = answer.status === 0 || answer.status === 408 || answer.status === 429 || answer.status >= 500;
      if (!passing || held.stopped || tries === 6) return answer;
      say(navigator.onLine ? "The connection was interrupted; trying again…" : "No network; going on when it is back…");
      await new Promise((resolve) => {
        held.wake = resolve;
        if (navigator.onLine) setTimeout(resolve, 500 * 2 ** tries);
        else window.addEventListener("online", resolve, { once: true });
      });
      if (!held.stopped) say("");
    }
  }

  // ---- One upload ----

  async function upload(file) {
    const began = Date.now();
    let first = null;
    const held = running = hold();
    complain("");
    say("");
    at("course").hidden = false;
    at("bar").value = 0;
    settle();
    stop.focus();
    const progress = (loaded) => {
      if (first === null) first = loaded;
      const share = file.size ? loaded / file.size : 1;
      const rate = (loaded - first) / Math.max(1, (Date.now() - began) / 1000);
      const left = rate > 0 && share < 1 ? `, about ${timeInWords(Math.ceil((file.size - loaded) / rate))} left` : "";
      at("bar").value = Math.min(1, share);
      at("figures").textContent =
        `${Math.floor(Math.min(1, share) * 100)} %: ${sizeInWords(Math.min(loaded, file.size))} of ${sizeInWords(file.size)}${left}`;
    };
    let answer;
    try {
      answer = await { put, form: post, multipart }[job.kind](file, held, progress);
    } catch (error) {
      answer = { status: 0, text: "", stopped: held.stopped };
    }
    running = null;
    end(answer, file);
  }

  function end(answer, file) {
    const yes = good(answer) || answer.status === 303;
    if (yes) {
      finished = !job.again;
      at("bar").value = 1;
      at("figures").textContent = `100 %: ${sizeInWords(file.size)}`;
      say(`“${file.name}” has arrived. Thank you.${job.again ? "" : " You may close this page."}`, true);
      if (job.again) startOver();
    } else if (answer.stopped) {
      say(job.kind === "multipart" ? "Paused. What has arrived is kept." : "Cancelled. Nothing was stored.");
      send.textContent = job.kind === "multipart" ? "Go on" : "Upload";
    } else {
      say("");
      complain(problemOf(answer));
      send.textContent = job.kind === "multipart" ? "Go on" : "Try again";
    }
    settle();
    if (yes && job.redirect) window.location.assign(job.redirect);
    if (yes) at("status").focus();
    else if (!send.disabled) send.focus();
  }

  function startOver() {
    input.value = "";
    drop.classList.remove("chosen");
    at("invite").textContent = "Choose another file";
    at("hint").textContent = "or drop it here";
    send.textContent = "Upload";
  }

  // ---- Time ----

  const clock = new Intl.DateTimeFormat("en-GB", {
    weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });

  function tick() {
    const seconds = Math.floor((until - Date.now()) / 1000), left = at("left");
    left.textContent = seconds > 0 ? `(${timeInWords(seconds)} left)` : "(over)";
    left.classList.toggle("soon", seconds < 300);
    if (Date.now() < from) say(`This upload opens ${clock.format(from + skew)}.`);
    else if (early) { early = false; chosen(); }
    if (seconds > 0) { setTimeout(tick, 1000 - (Date.now() % 1000)); return; }
    if (running || finished) { settle(); return; }
    complain("The time for this upload is over. Ask whoever sent you this page for a new one.");
    settle();
  }

  let early = Date.now() < from;

  // ---- Start ----

  document.documentElement.classList.add("live");
  at("until").textContent = clock.format(until);
  stop.textContent = job.kind === "multipart" ? "Pause" : "Cancel";
  input.addEventListener("change", chosen);
  stop.addEventListener("click", () => running && running.stop());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!send.disabled && input.files[0]) upload(input.files[0]);
  });
  window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.toggle("over", !input.disabled); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const { files } = event.dataTransfer;
    if (input.disabled || !files.length) return;
    if (files.length === 1) input.files = files;
    else input.value = "";
    chosen();
    if (files.length > 1) complain("Only one file at a time can be uploaded here.");
  });
  chosen();
  tick();
})();

/* Search in the reader's browser: from any static host, and from a disk.

   docs/search.md is the specification of the tokeniser, the codes, the files and the queries; gkssg/output/search/
   writes what this script reads. Every file is a classic script that calls one of gks.m, s, t, l, d, x, c, so that no
   request is made that a browser refuses to a page opened from a disk. Texts of the index are data: they reach the page
   as text nodes, never as HTML. Wording comes from the page (#gk-search-words). */
(function () {
  "use strict";

  const VERSION = 2;
  const TOKENISER = 1;
  const HITS = 10;
  const CHECKED = 40;
  const CHECKED_DEEP = 200;
  const SCORED = 200;
  const SCORED_AT_MOST = 2000;
  const SAME = 1e-6;
  const LOOKED_UP = 8;
  const PREFIX_SHARDS = 16;
  const SUGGESTED = 8;
  const SNIPPET = 100;
  const FACETS = ["section", "organ", "topic", "attribute", "validity", "kind"];
  const PARAMETERS = ["q", ...FACETS, "from", "to", "sort", "page"];
  const here = document.currentScript;
  const root = (here && here.dataset.root) || "";

  // ---- Tokeniser: the twin of gkssg/output/search/tokens.py ----------------------------------------------------

  const HAN = "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
  const WORD = "a-z0-9\\u00e0-\\u024f\\u0370-\\u03ff\\u0400-\\u04ff";
  const GAP = new RegExp(`([${HAN}])[ \\t]+(?=[${HAN}])`, "gu");
  const RUN = new RegExp(`([${HAN}]+)|([${WORD}]+)(?=([${HAN}])?)`, "gu");
  const NUMBER = /[〔[(【﹝〖]\s*((?:19|20)[0-9]{2})\s*[〕\])】﹞〗]\s*(?:第\s*)?([0-9]{1,5})\s*号/gu;
  const ONE_HAN = new RegExp(`^[${HAN}]$`, "u");
  const ONE_WORD = new RegExp(`^[${WORD}]+$`, "u");
  const WORD_FIRST = new RegExp(`^[${WORD}]`, "u");
  const WORD_LAST = new RegExp(`[${WORD}]$`, "u");
  const DIGITS = /^[0-9]+$/;
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const ALIKE = new Map();
  for (const bracket of "〔［【﹝〖[{｛(") ALIKE.set(bracket, "(");
  for (const bracket of "〕］】﹞〗]}｝)") ALIKE.set(bracket, ")");
  for (const quote of "“”„‟「」『』‘’'") ALIKE.set(quote, '"');
  const UNLIKE = /[〔［【﹝〖[{｛〕］】﹞〗\]}｝“”„‟「」『』‘’']/g;

  function folded(text) {
    return text.normalize("NFKC").toLowerCase().replace(GAP, "$1");
  }

  function each(pattern, text, use) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) use(match);
  }

  function tokens(text) {
    const found = [];
    const plain = folded(text);
    each(RUN, plain, ([, han, word, after]) => {
      if (han) {
        const characters = Array.from(han);
        if (characters.length === 1) found.push(han);
        for (let i = 1; i < characters.length; i++) found.push(characters[i - 1] + characters[i]);
      } else {
        found.push(word);
        if (after && DIGITS.test(word)) found.push(word + after);
      }
    });
    each(NUMBER, plain, ([, year, serial]) => found.push(`${year}/${Number(serial)}`));
    return found;
  }

  /** Unscored terms ``|xy``: x ends a run, y begins the next one on the same line. */
  function crossings(text) {
    const found = new Set();
    for (const line of folded(text).split("\n")) {
      let last = "";
      each(RUN, line, ([, han, word]) => {
        const characters = Array.from(han || word);
        if (last) found.add(`|${last}${characters[0]}`);
        last = characters.pop();
      });
    }
    return Array.from(found);
  }

  function queryTokens(text) {
    const every = Array.from(new Set(tokens(text)));
    const kept = every.filter((token) => !ONE_HAN.test(token));
    return kept.length ? kept : every;
  }

  function canonical(text) {
    return text.normalize("NFKC").toLowerCase().replace(UNLIKE, (character) => ALIKE.get(character)).replace(SPACE, "");
  }

  // ---- Codes ---------------------------------------------------------------------------------------------------

  const VALUE = new Int16Array(128).fill(-1);
  let symbols = 0;
  for (let code = 0x20; code < 0x7f; code++) {
    if (!"`\\$".includes(String.fromCharCode(code))) VALUE[code] = symbols++;
  }

  function decodeNumbers(text) {
    const values = new Int32Array(text.length);
    let count = 0;
    let high = 0;
    for (let i = 0; i < text.length; i++) {
      const symbol = VALUE[text.charCodeAt(i)];
      if (symbol >= 72) {
        high = high * 20 + symbol - 71;
      } else {
        values[count++] = high * 72 + symbol;
        high = 0;
      }
    }
    return values.slice(0, count);
  }

  function decodePostings(text) {
    const docs = new Int32Array(text.length);
    const freqs = new Int32Array(text.length);
    let count = 0;
    let high = 0;
    let last = -1;
    for (let i = 0; i < text.length; i++) {
      let symbol = VALUE[text.charCodeAt(i)];
      if (symbol >= 72) {
        high = high * 20 + symbol - 71;
        continue;
      }
      const kind = Math.floor(symbol / 24);
      last += high * 24 + (symbol - kind * 24) + 1;
      high = 0;
      docs[count] = last;
      if (kind < 2) {
        freqs[count] = kind + 1;
      } else {
        let more = 0;
        for (symbol = VALUE[text.charCodeAt(++i)]; symbol >= 72; symbol = VALUE[text.charCodeAt(++i)]) {
          more = more * 20 + symbol - 71;
        }
        freqs[count] = more * 72 + symbol + 3;
      }
      count++;
    }
    return { docs: docs.slice(0, count), freqs: freqs.slice(0, count) };
  }

  /** Order as the index is sorted: by code point, where JavaScript's < goes by UTF-16 unit. */
  function compare(a, b) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
      let x = a.charCodeAt(i);
      let y = b.charCodeAt(i);
      if (x !== y) {
        if (x >= 0xd800 && y >= 0xd800) {
          x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
          y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
        }
        return x - y;
      }
    }
    return a.length - b.length;
  }

  // ---- Loading: each file once, as a script ----------------------------------------------------------------------

  /** What keeps a search from being done: ``reason`` is a key of the page's words. */
  class Trouble extends Error {
    constructor(reason, detail) {
      super(`${reason}: ${detail}`);
      this.reason = reason;
      this.detail = detail;
    }
  }

  const requests = new Map();
  const store = new Map();
  const canonicals = new Map();
  let manifest = null;
  let opening = null;
  let index = null;

  /** Whether a script that the page itself names has come already. */
  function isHere(path) {
    return (path === "search/manifest.js" && manifest) || (path === "theme/lunr.js" && window.lunr);
  }

  function load(path) {
    if (isHere(path)) return Promise.resolve();
    if (!requests.has(path)) {
      requests.set(path, new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = root + path.split("/").map(encodeURIComponent).join("/");
        script.onload = () => done();
        script.onerror = () => {
          requests.delete(path);
          script.remove();
          fail(new Trouble("failed", path));
        };
        document.head.appendChild(script);
      }));
    }
    return requests.get(path);
  }

  /** What has come of a segment, or of a block of one. */
  function part(id) {
    if (!store.has(id)) {
      store.set(id, { id, head: null, shards: new Map(), lengths: null, heads: [], texts: [], columns: {} });
    }
    return store.get(id);
  }

  const files = {
    m: (value) => { manifest = value; },
    s: (id, value) => { part(id).head = value; },
    t: (id, name, text) => { part(id).shards.set(name, text); },
    l: (id, body, title) => { part(id).lengths = { body: decodeNumbers(body), title: decodeNumbers(title) }; },
    d: (id, number, rows) => { part(id).heads[number] = rows; },
    x: (id, number, rows) => { part(id).texts[number] = rows; },
    c: (id, facet, values, rows, column) => {
      part(id).columns[facet] = { values, rows, column: decodeNumbers(column) };
    },
  };

  /** Load the manifest and what each segment says of itself; documents get numbers over all segments, oldest first. */
  function open() {
    opening = opening || opened().catch((trouble) => {
      opening = null;
      throw trouble;
    });
    return opening;
  }

  async function loadManifest() {
    await load("search/manifest.js");
    if (!manifest || manifest.version !== VERSION || manifest.tokeniser !== TOKENISER) {
      throw new Trouble("version", manifest ? `${manifest.version}/${manifest.tokeniser}` : "?");
    }
  }

  async function opened() {
    await loadManifest();
    const segments = manifest.segments.map(part);
    await Promise.all(segments.slice().reverse().map(({ id }) => load(`search/${id}/segment.js`)));
    let n = 0;
    const sums = { title: 0, body: 0 };
    const blocks = [];
    for (const segment of segments) {
      segment.base = n;
      segment.first = segment.head.first.split("\t");
      segment.names = [].concat(...segment.head.shards.map((count, range) => {
        return Array.from({ length: count }, (_, shard) => `${range}-${shard}`);
      }));
      for (const [id, start] of segment.head.blocks) blocks.push(Object.assign(part(id), { base: n + start }));
      n += segment.head.n;
      sums.title += segment.head.title;
      sums.body += segment.head.body;
    }
    const average = { title: n ? sums.title / n : 0, body: n ? sums.body / n : 0 };
    index = { segments, blocks, n, average, terms: new Map() };
    return index;
  }

  /** Newest segment first, as the reader's first page most likely comes from it. */
  function newestFirst() {
    return index.segments.slice().reverse();
  }

  function shardOf(segment, term) {
    let low = 0;
    let high = segment.first.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(segment.first[middle], term) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function pathOf(segment, shard) {
    return `search/${segment.id}/t/${segment.names[shard]}.js`;
  }

  function textOfShard(segment, shard) {
    return segment.shards.get(segment.names[shard]) || "";
  }

  /** Load and decode terms: a map of term to postings; one that occurs nowhere has none. */
  async function lookUp(terms) {
    const paths = new Set();
    for (const segment of newestFirst()) {
      for (const term of terms) {
        const shard = shardOf(segment, term);
        if (shard >= 0 && !index.terms.has(term)) paths.add(pathOf(segment, shard));
      }
    }
    await Promise.all(Array.from(paths, load));
    if (index.terms.size > 500) index.terms.clear();
    const found = new Map();
    for (const term of terms) {
      if (!index.terms.has(term)) index.terms.set(term, decoded(term));
      found.set(term, index.terms.get(term));
    }
    return found;
  }

  /** Terms that begin so, as far as they stand in a bounded number of neighbouring shards. */
  async function termsBeginning(prefix) {
    const ranges = newestFirst().map((segment) => {
      const from = Math.max(shardOf(segment, prefix), 0);
      return { segment, from, to: Math.min(shardOf(segment, `${prefix}\u{10ffff}`), from + PREFIX_SHARDS - 1) };
    });
    const paths = [];
    for (const { segment, from, to } of ranges) {
      for (let shard = from; shard <= to; shard++) paths.push(pathOf(segment, shard));
    }
    await Promise.all(paths.map(load));
    const found = new Set();
    for (const { segment, from, to } of ranges) {
      for (let shard = from; shard <= to; shard++) {
        const text = textOfShard(segment, shard);
        for (let at = text.indexOf(`\n${prefix}`); at >= 0; at = text.indexOf(`\n${prefix}`, at + 1)) {
          found.add(text.slice(at + 1, text.indexOf("\t", at)));
        }
      }
    }
    return Array.from(found);
  }

  /** Documents that hold a character or the beginning of a word: those of every term that begins so. */
  async function docsBeginning(prefixes) {
    const terms = [].concat(...await Promise.all(prefixes.map(termsBeginning)));
    const looked = await lookUp(terms);
    const member = new Uint8Array(index.n);
    for (const { any } of looked.values()) for (const doc of any) member[doc] = 1;
    return Int32Array.from(member.keys()).filter((doc) => member[doc]);
  }

  function decoded(term) {
    const fields = { body: [], title: [] };
    for (const segment of index.segments) {
      const shard = textOfShard(segment, shardOf(segment, term));
      const start = shard.indexOf(`\n${term}\t`);
      if (start < 0) continue;
      const from = start + term.length + 2;
      const [body, title] = shard.slice(from, shard.indexOf("\n", from)).split("\t");
      fields.body.push([segment.base, decodePostings(body)]);
      fields.title.push([segment.base, decodePostings(title || "")]);
    }
    const body = joined(fields.body);
    const title = joined(fields.title);
    return { term, body, title, any: union(body.docs, title.docs) };
  }

  function joined(parts) {
    const size = parts.reduce((sum, [, postings]) => sum + postings.docs.length, 0);
    const docs = new Int32Array(size);
    const freqs = new Int32Array(size);
    let at = 0;
    for (const [base, postings] of parts) {
      for (let i = 0; i < postings.docs.length; i++, at++) {
        docs[at] = postings.docs[i] + base;
        freqs[at] = postings.freqs[i];
      }
    }
    return { docs, freqs };
  }

  /** Load the lengths, which need nothing but the names of the segments. */
  async function loadLengths() {
    await loadManifest();
    await Promise.all([open(), ...manifest.segments.map((id) => load(`search/${id}/len.js`))]);
    if (index.lengths) return;
    index.lengths = { title: new Int32Array(index.n), body: new Int32Array(index.n) };
    for (const { base, lengths } of index.segments) {
      index.lengths.title.set(lengths.title, base);
      index.lengths.body.set(lengths.body, base);
    }
  }

  function blockOf(doc) {
    const { blocks } = index;
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[middle].base <= doc) low = middle + 1;
      else high = middle;
    }
    return blocks[low - 1];
  }

  /** A document's row in the pages of its block, so many rows a page; undefined where the page has not come. */
  function rowOf(doc, letter, size) {
    const block = blockOf(doc);
    const at = doc - block.base;
    const page = (letter === "d" ? block.heads : block.texts)[Math.floor(at / size)];
    return page && page[at % size];
  }

  async function loadPages(docs, letter, size) {
    const paths = docs.filter((doc) => !rowOf(doc, letter, size)).map((doc) => {
      const block = blockOf(doc);
      return `search/${block.id}/${letter}/${Math.floor((doc - block.base) / size)}.js`;
    });
    await Promise.all(Array.from(new Set(paths), load));
  }

  async function loadHeads(docs) {
    await loadPages(docs.filter((doc) => !rowOf(doc, "x", manifest.texts)), "d", manifest.heads);
  }

  /** Load the texts, which stand beside their heads; where none are kept, the heads. */
  async function loadTexts(docs) {
    await (manifest.text === "none" ? loadHeads(docs) : loadPages(docs, "x", manifest.texts));
  }

  /** What a document is on the day of reading: turns are first days and codes, oldest first (as in states.js). */
  function validityToday(turns) {
    const today = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
    const begun = turns.filter(([since]) => since <= today);
    return begun.length ? begun[begun.length - 1][1] : "";
  }

  function headOf(doc) {
    const row = rowOf(doc, "d", manifest.heads) || rowOf(doc, "x", manifest.texts)[0];
    const [address, title, number, issuers, date, stated, attribute, section, kind, turns] = row;
    const validity = validityToday(turns || []) || stated;
    return { doc, address, title, number, issuers, date, validity, attribute, section, kind };
  }

  /** A document's text as phrases are compared with it; the check and the hits both ask. */
  function canonicalText(doc) {
    if (!canonicals.has(doc)) {
      if (canonicals.size > 2 * CHECKED_DEEP) canonicals.clear();
      canonicals.set(doc, canonical(textOf(doc)));
    }
    return canonicals.get(doc);
  }

  function textOf(doc) {
    return manifest.text === "none" ? "" : rowOf(doc, "x", manifest.texts)[1];
  }

  // ---- Sets: ascending document numbers in Int32Arrays -----------------------------------------------------------

  function union(a, b) {
    if (!a.length) return b;
    if (!b.length) return a;
    const out = new Int32Array(a.length + b.length);
    let i = 0;
    let j = 0;
    let count = 0;
    while (i < a.length && j < b.length) {
      if (a[i] < b[j]) {
        out[count++] = a[i++];
      } else {
        if (a[i] === b[j]) i++;
        out[count++] = b[j++];
      }
    }
    while (i < a.length) out[count++] = a[i++];
    while (j < b.length) out[count++] = b[j++];
    return out.slice(0, count);
  }

  /** First place at or after ``from`` whose value is not below ``wanted``: by doubling steps, then by halves. */
  function gallop(set, wanted, from) {
    let step = 1;
    let low = from;
    while (low + step < set.length && set[low + step] < wanted) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step + 1, set.length);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (set[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What of ``few`` is in ``many``, or, with ``wanted`` false, what is not. */
  function sieve(few, many, wanted) {
    const out = new Int32Array(few.length);
    let count = 0;
    let at = 0;
    for (let i = 0; i < few.length; i++) {
      at = gallop(many, few[i], at);
      if ((many[at] === few[i]) === wanted) out[count++] = few[i];
    }
    return out.slice(0, count);
  }

  function intersection(sets) {
    const ordered = sets.slice().sort((a, b) => a.length - b.length);
    return ordered.reduce((left, set) => sieve(left, set, true));
  }

  function without(set, other) {
    return other.length ? sieve(set, other, false) : set;
  }

  function everything() {
    return Int32Array.from({ length: index.n }, (_, doc) => doc);
  }

  function between(set, from, to) {
    if (!from && !to) return set;
    const spans = [];
    for (const { base, head } of index.segments) {
      head.years.forEach(([year, first], i) => {
        const end = i + 1 < head.years.length ? head.years[i + 1][1] : head.n;
        if (year && (!from || year >= from) && (!to || year <= to)) spans.push([base + first, base + end]);
      });
    }
    let at = 0;
    return set.filter((doc) => {
      while (at < spans.length && spans[at][1] <= doc) at++;
      return at < spans.length && spans[at][0] <= doc;
    });
  }

  /** Load a facet's columns; give its words by code and, for each segment, the codes of each combination. */
  async function loadFacet(name) {
    await Promise.all(newestFirst().map(({ id }) => load(`search/${id}/c/${name}.js`)));
    const words = new Map();
    const segments = index.segments.map(({ base, head, columns }) => {
      const { values, rows, column } = columns[name];
      for (const [code, word] of values) words.set(code, word);
      return { base, end: base + head.n, column, rows: rows.map((row) => row.map((value) => values[value][0])) };
    });
    return { words, segments };
  }

  function eachCombination(facet, set, use) {
    let at = 0;
    let segment = facet.segments[0];
    for (const doc of set) {
      while (doc >= segment.end) segment = facet.segments[++at];
      use(doc, at, segment.column[doc - segment.base]);
    }
  }

  /** A value as the address has it: "none" where the code is empty. */
  function named(code) {
    return code || "none";
  }

  function withValues(facet, set, codes) {
    const allowed = facet.segments.map(({ rows }) => rows.map((row) => row.some((code) => codes.includes(named(code)))));
    const out = new Int32Array(set.length);
    let count = 0;
    eachCombination(facet, set, (doc, segment, combination) => {
      if (allowed[segment][combination]) out[count++] = doc;
    });
    return out.slice(0, count);
  }

  function tally(facet, set) {
    const counts = facet.segments.map(({ rows }) => new Int32Array(rows.length));
    eachCombination(facet, set, (_, segment, combination) => { counts[segment][combination]++; });
    const sums = new Map();
    facet.segments.forEach(({ rows }, segment) => rows.forEach((row, combination) => {
      for (const code of row) sums.set(code, (sums.get(code) || 0) + counts[segment][combination]);
    }));
    return sums;
  }

  // ---- Scoring ---------------------------------------------------------------------------------------------------

  /** The weights lunr's builder gives: BM25 by field, over all segments. */
  function weigher(posting) {
    const { k1, b, boost } = manifest;
    const frequency = posting.title.docs.length + posting.body.docs.length;
    const idf = Math.log(1 + Math.abs((index.n - frequency + 0.5) / (frequency + 0.5)));
    return (field, doc, freq) => {
      const long = index.lengths[field][doc] / index.average[field];
      const score = idf * ((k1 + 1) * freq) / (k1 * (1 - b + b * long) + freq) * boost[field];
      return Math.round(score * 1000) / 1000;
    };
  }

  function eachWeight(posting, field, docs, use) {
    const weight = weigher(posting);
    const { docs: all, freqs } = posting[field];
    let at = 0;
    for (let i = 0; i < docs.length && at < all.length; i++) {
      at = gallop(all, docs[i], at);
      if (all[at] === docs[i]) use(docs[i], weight(field, docs[i], freqs[at]), i);
    }
  }

  function found(postings) {
    return postings.filter((posting) => posting.any.length);
  }

  /** A lunr.js index of some terms and documents only: its scores are those of the whole index. */
  function restricted(postings, docs) {
    const vectors = new Map();
    const inverted = [];
    const sorted = postings.slice().sort((a, b) => (a.term < b.term ? -1 : 1));
    sorted.forEach((posting, number) => {
      const entry = { _index: number, title: {}, body: {} };
      for (const field of ["title", "body"]) {
        eachWeight(posting, field, docs, (doc, weight) => {
          const ref = `${field}/${doc}`;
          entry[field][doc] = {};
          if (!vectors.has(ref)) vectors.set(ref, []);
          vectors.get(ref).push(number, weight);
        });
      }
      inverted.push([posting.term, entry]);
    });
    const { lunr } = window;
    return lunr.Index.load({
      version: lunr.version,
      fields: ["title", "body"],
      fieldVectors: Array.from(vectors),
      invertedIndex: inverted,
      pipeline: [],
    });
  }

  /** Ask lunr: ``clauses`` are [term, fields]. Best first, of equals the newest. */
  function lunrScores(postings, docs, clauses, presence) {
    if (!docs.length || !postings.length) return [];
    const results = restricted(postings, docs).query((query) => {
      for (const [term, fields] of clauses) {
        query.term(term, { fields, usePipeline: false, presence: window.lunr.Query.presence[presence] });
      }
    });
    const scores = results.map(({ ref, score }) => [Number(ref), score]);
    return scores.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  }

  /** The same formula on typed arrays, to choose the documents that lunr scores. */
  function roughScores(postings, docs, clauses) {
    const by = new Map(postings.map((posting) => [posting.term, posting]));
    const norm = {};
    for (const field of ["title", "body"]) {
      norm[field] = Math.sqrt(clauses.filter(([, fields]) => fields.includes(field)).length);
    }
    const scores = new Float64Array(docs.length);
    for (const [term, fields] of clauses) {
      for (const field of fields) {
        eachWeight(by.get(term), field, docs, (_, weight, i) => { scores[i] += weight / norm[field]; });
      }
    }
    return scores;
  }

  /** Order documents by score; those in ``first`` stand before all others. lunr scores the best, and those that are as
      good as the last of them. */
  async function ranked(postings, docs, clauses, first) {
    await Promise.all([loadLengths(), load("theme/lunr.js")]);
    const isFirst = new Set(first);
    let best = docs;
    let rest = [];
    if (docs.length > SCORED) {
      const rough = roughScores(postings, docs, clauses);
      docs.forEach((doc, i) => { if (isFirst.has(doc)) rough[i] += 1e9; });
      const order = Uint32Array.from(docs.keys()).sort((a, b) => rough[b] - rough[a] || b - a);
      const enough = rough[order[SCORED - 1]] - SAME;
      let end = SCORED;
      while (end < SCORED_AT_MOST && end < order.length && rough[order[end]] >= enough) end++;
      best = Int32Array.from(order.subarray(0, end), (i) => docs[i]).sort();
      rest = Array.from(order.subarray(end), (i) => docs[i]);
    }
    const scores = new Map(lunrScores(postings, best, clauses, "OPTIONAL"));
    const score = (doc) => (isFirst.has(doc) ? 1e9 : 0) + (scores.get(doc) || 0);
    const order = Array.from(best).sort((a, b) => score(b) - score(a) || b - a);
    return order.concat(rest);
  }

  /** For tests: what the restricted lunr index says, without any limit or order of ours. */
  async function scores({ terms, presence, fields, from, to }) {
    await open();
    const asked = fields || ["title", "body"];
    const [looked] = await Promise.all([lookUp(terms), load("theme/lunr.js"), loadLengths()]);
    const postings = terms.map((term) => looked.get(term));
    const sets = postings.map((posting) => {
      return asked.map((field) => posting[field].docs).reduce(union, new Int32Array(0));
    });
    if (!sets.length || (presence === "and" && found(postings).length < postings.length)) return [];
    const docs = between(presence === "and" ? intersection(sets) : sets.reduce(union), from, to);
    const clauses = terms.map((term) => [term, asked]);
    const order = lunrScores(found(postings), docs, clauses, presence === "and" ? "REQUIRED" : "OPTIONAL");
    await loadHeads(order.map(([doc]) => doc));
    return order.map(([doc, score]) => [headOf(doc).address, score]);
  }

  // ---- Queries -------------------------------------------------------------------------------------------------

  const CHUNK = /(-)?(title[:：])?(?:"([^"]*)"?|“([^”]*)”?|([^\s]+))/giu;
  const FULL_NUMBER = /^(.*?)\(((?:19|20)[0-9]{2})\)第?0*([0-9]{1,5})号?$/u;
  const TAIL = /^第?0*([0-9]{1,5})号$/u;

  /** Take the words of a query apart. */
  function chunksOf(words) {
    if (FULL_NUMBER.test(canonical(words))) return [chunkOf(words)];
    const chunks = [];
    each(CHUNK, words, ([, minus, title, straight, curly, plain]) => {
      const quoted = straight !== undefined || curly !== undefined;
      const text = straight || curly || plain || "";
      const chunk = { ...chunkOf(text), minus: Boolean(minus), title: Boolean(title), quoted };
      if (chunk.text) chunks.push(chunk);
    });
    return chunks;
  }

  function chunkOf(text) {
    const plain = canonical(text);
    const every = queryTokens(text);
    const crossed = crossings(text);
    const full = FULL_NUMBER.exec(plain);
    const tail = TAIL.exec(plain);
    const number = full
      ? { term: `#${full[2]}/${Number(full[3])}`, code: full[1], key: `${full[1]}(${full[2]})${Number(full[3])}` }
      : tail && { term: `#${Number(tail[1])}`, code: "", key: "" };
    const forms = full && full[1] ? [plain, `${number.key}号`] : [plain];
    return { text, plain, forms, every, crossed, number, minus: false, title: false, quoted: false };
  }

  /** A chunk of single Han characters: the index knows these of titles, and of texts where they stand by themselves. */
  function isSingle(chunk) {
    return chunk.every.length > 0 && !chunk.crossed.length && chunk.every.every((token) => ONE_HAN.test(token));
  }

  function singles(chunk) {
    return [].concat(...chunk.every.map((token) => (chunk.plain === token ? [`=${token}`] : [`=${token}`, token])));
  }

  /** A chunk that gives one token only, and perhaps not a whole one: a single Han character with punctuation beside it,
      or a word or figure by itself. */
  function isCut(chunk) {
    if (chunk.minus || chunk.title || chunk.crossed.length || chunk.every.length !== 1) return false;
    const [token] = chunk.every;
    return ONE_HAN.test(token) ? chunk.plain !== token : token.length > 1 && ONE_WORD.test(token);
  }

  async function cutSet({ every: [token] }) {
    return docsBeginning(ONE_HAN.test(token) ? [token, `|${token}`, `=${token}`] : [token]);
  }

  /** The terms a chunk is looked up by. Of many tokens those are taken that are probably rare: a common one stands
      alone in its shard, and so is the first of one. */
  function termsOf(chunk, every) {
    const terms = isSingle(chunk) ? singles(chunk) : every;
    if (terms.length <= LOOKED_UP) return terms;
    const isCommon = (term) => index.segments.some(({ first }) => {
      let low = 0;
      let high = first.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (compare(first[middle], term) < 0) low = middle + 1;
        else high = middle;
      }
      return first[low] === term;
    });
    const numbers = terms.filter((term) => term.includes("/"));
    const rare = terms.filter((term) => !term.includes("/") && !isCommon(term));
    const common = terms.filter((term) => !term.includes("/") && isCommon(term));
    const chosen = numbers.slice(0, LOOKED_UP);
    for (const group of [rare, common]) {
      const room = Math.min(LOOKED_UP - chosen.length, group.length);
      for (let i = 0; i < room; i++) chosen.push(group[Math.floor((i * group.length) / room)]);
    }
    return chosen;
  }

  /** Tokens of a chunk without the words and figures at its ends, which may have been cut. */
  function uncut(chunk) {
    const edge = new RegExp(`^[${WORD}]+[${HAN}]?|[${WORD}]+$`, "gu");
    const inner = queryTokens(folded(chunk.text).trim().replace(edge, (run) => {
      const last = Array.from(run).pop();
      return run.length > 1 && new RegExp(`[${HAN}]`, "u").test(last) ? ` ${last}` : " ";
    }));
    return inner.filter((token) => chunk.every.includes(token) && !ONE_HAN.test(token));
  }

  /** The terms a document must have for a chunk. What may have been cut is not demanded where something else is. */
  function demanded(chunk) {
    if (chunk.minus || settled(chunk) || isSingle(chunk)) return termsOf(chunk, chunk.every);
    const kept = uncut(chunk);
    if (!kept.length && !chunk.crossed.length) return termsOf(chunk, chunk.every);
    if (kept.length < 4) return [...kept, ...chunk.crossed.slice(0, LOOKED_UP - kept.length)];
    // Of a word or figure that may have been cut, the character next to the rest is sure.
    const first = WORD_FIRST.test(chunk.plain) ? chunk.crossed.slice(0, 1) : [];
    const last = WORD_LAST.test(chunk.plain) ? chunk.crossed.slice(-1) : [];
    return Array.from(new Set([...termsOf(chunk, kept), ...first, ...last]));
  }

  /** The terms a chunk is scored by: those demanded that are tokens, and those that may have been cut. */
  function scoredBy(chunk, terms) {
    const own = terms.filter((term) => !term.startsWith("|"));
    const more = chunk.every.filter((token) => !own.includes(token) && !ONE_HAN.test(token));
    return terms.length + more.length > LOOKED_UP ? own : [...own, ...more];
  }

  function fieldsOf(chunk) {
    return chunk.title ? ["title"] : ["title", "body"];
  }

  function setOf(chunk, terms, looked) {
    if (!terms.length) return new Int32Array(0);
    if (isSingle(chunk)) {
      const docsOf = (term) => (terms.includes(term) ? looked.get(term).any : []);
      return intersection(chunk.every.map((token) => union(docsOf(`=${token}`), docsOf(token))));
    }
    return intersection(terms.map((term) => (chunk.title ? looked.get(term).title.docs : looked.get(term).any)));
  }

  /** Documents whose number is the one of the chunk, or ends like it. */
  async function numbered(chunk, looked) {
    const posting = chunk.number && looked.get(chunk.number.term);
    if (!posting || !posting.any.length) return new Int32Array(0);
    if (!chunk.number.code) return posting.any;
    const some = posting.any.slice(-10 * CHECKED);
    await loadHeads(Array.from(some));
    return some.filter((doc) => {
      const match = FULL_NUMBER.exec(canonical(headOf(doc).number));
      return match && `${match[1]}(${match[2]})${Number(match[3])}`.endsWith(chunk.number.key);
    });
  }

  function readQuery(asked) {
    const parameters = typeof asked === "string"
      ? new URLSearchParams(asked.startsWith("?") ? asked : [["q", asked]])
      : new URLSearchParams(Object.entries(asked || {}).filter(([, value]) => value !== undefined && value !== null));
    const query = { filters: {} };
    for (const name of PARAMETERS) query[name] = (parameters.get(name) || "").trim();
    for (const name of FACETS) {
      const values = parameters.getAll(name).filter(Boolean);
      if (values.length) query.filters[name] = values;
    }
    query.page = Math.max(1, Math.floor(Number(query.page)) || 1);
    return query;
  }

  /** Everything the words of a query select, before the filters. */
  async function select(chunks) {
    const wanted = chunks.filter((chunk) => !chunk.minus);
    const barred = chunks.filter((chunk) => chunk.minus && chunk.every.length);
    const terms = new Map(chunks.map((chunk) => [chunk, demanded(chunk)]));
    const scoring = new Map(wanted.map((chunk) => [chunk, scoredBy(chunk, terms.get(chunk))]));
    const needed = new Set();
    for (const chunk of chunks) {
      terms.get(chunk).forEach((term) => needed.add(term));
      (scoring.get(chunk) || []).forEach((term) => needed.add(term));
      if (chunk.number) needed.add(chunk.number.term);
    }
    // A single character beside other words cannot be looked up in texts: the check of the best sees to it.
    const telling = wanted.filter((chunk) => chunk.every.length && (chunk.title || !isSingle(chunk)));
    const scored = telling.length ? telling : wanted.filter((chunk) => chunk.every.length);
    const looked = await lookUp(Array.from(needed));
    const sets = [];
    let first = new Int32Array(0);
    for (const chunk of scored) {
      if (isCut(chunk)) {
        sets.push(await cutSet(chunk));
        continue;
      }
      const numbers = chunk.title ? new Int32Array(0) : await numbered(chunk, looked);
      first = union(first, numbers);
      sets.push(union(setOf(chunk, terms.get(chunk), looked), numbers));
    }
    let docs = sets.length ? intersection(sets) : (wanted.length ? new Int32Array(0) : everything());
    const out = barred.map((chunk) => setOf(chunk, terms.get(chunk), looked)).reduce(union, new Int32Array(0));
    docs = without(docs, out);
    const clauses = [];
    for (const chunk of scored.filter((one) => !isSingle(one))) {
      for (const term of scoring.get(chunk)) {
        if (looked.get(term).any.length) clauses.push([term, fieldsOf(chunk)]);
      }
    }
    const postings = Array.from(new Set(clauses.map(([term]) => term)), (term) => looked.get(term));
    return { docs, out, clauses, postings, first: sieve(first, docs, true), looked, terms };
  }

  async function filtered(set, query, except) {
    let docs = between(set, query.from, query.to);
    for (const name of FACETS) {
      if (name !== except && query.filters[name]) {
        docs = withValues(await loadFacet(name), docs, query.filters[name]);
      }
    }
    return docs;
  }

  /** Whether lookup alone has settled a chunk: one of its tokens is all of it. */
  function settled(chunk) {
    return chunk.every.includes(chunk.plain);
  }

  /** Whether a document holds every chunk as it was written; undefined where not enough of its text is kept. */
  function holds(doc, chunks) {
    const { title, number } = headOf(doc);
    const head = canonical(`${title}\n${number}`);
    let unknown = false;
    for (const chunk of chunks) {
      if (chunk.forms.some((form) => head.includes(form))) continue;
      if (!chunk.title && chunk.forms.some((form) => canonicalText(doc).includes(form))) continue;
      if (manifest.text === "full" || chunk.title) return false;
      unknown = true;
    }
    return unknown ? undefined : true;
  }

  /** Check the best: those that hold the words as written come first, in their order, then the others. A title that is
      all of the query stands before them. */
  async function checked(order, chunks, first, wanted, title) {
    const good = [];
    const poor = [];
    let at = 0;
    const isFirst = new Set(first);
    // Who quotes, or writes figures or punctuation, means the very words: where few of the best have them, the search
    // goes on.
    const deep = chunks.some((chunk) => chunk.quoted || /\P{L}/u.test(chunk.plain));
    while (at < order.length && good.length < wanted) {
      if (at >= CHECKED && !(deep && at < CHECKED_DEEP)) break;
      const batch = order.slice(at, at + (at < CHECKED ? HITS : CHECKED));
      await loadTexts(batch);
      for (const doc of batch) {
        if (isFirst.has(doc) || holds(doc, chunks)) good.push(doc);
        else poor.push(doc);
      }
      if (at === 0) {
        const same = good.filter((doc) => canonical(headOf(doc).title) === title && !isFirst.has(doc));
        const leading = good.filter((doc) => isFirst.has(doc));
        good.splice(0, good.length, ...new Set([...leading, ...same, ...good]));
      }
      at += batch.length;
    }
    return { good, order: [...good, ...poor, ...order.slice(at)], all: at >= order.length };
  }

  async function search(asked) {
    const query = readQuery(asked);
    const chunks = chunksOf(query.q);
    const positive = chunks.filter((chunk) => !chunk.minus);
    const scoring = positive.some((chunk) => chunk.every.length) && query.sort !== "date";
    const ahead = scoring ? [loadLengths(), load("theme/lunr.js")] : [];
    const [selected] = await Promise.all([open().then(() => select(chunks)), ...ahead]);
    const docs = await filtered(selected.docs, query, "");
    const result = { query, chunks: positive, base: selected.docs, total: docs.length, exact: true, facetSet: null };
    result.counts = () => counts(result.base, query);
    let order;
    if (query.sort === "date" || !selected.clauses.length) {
      order = Array.from(docs).reverse();
      if (query.sort !== "date" && selected.first.length) order = await ranked([], docs, [], selected.first);
    } else {
      order = await ranked(selected.postings, docs, selected.clauses, selected.first);
    }
    const alone = positive.length === 1;
    const unsettled = positive.filter((chunk) => chunk.plain && (!settled(chunk) || (isSingle(chunk) && !alone)));
    const end = query.page * HITS;
    result.exact = !unsettled.length;
    if (unsettled.length && query.sort !== "date") {
      const outcome = await checked(order, unsettled, selected.first, end, canonical(query.q));
      order = outcome.order;
      result.total = order.length;
      result.exact = outcome.all && outcome.good.length === order.length;
      // A quoted phrase is meant as it is: where everything has been read, what does not hold it is left out.
      if (outcome.all && unsettled.some((chunk) => chunk.quoted) && manifest.text === "full") {
        const quoted = unsettled.filter((chunk) => chunk.quoted);
        order = order.filter((doc) => outcome.good.includes(doc) || holds(doc, quoted));
        result.total = order.length;
        result.exact = outcome.good.length === order.length;
      }
    }
    result.addresses = () => loadHeads(order).then(() => order.map((doc) => headOf(doc).address));
    result.pages = Math.max(1, Math.ceil(result.total / HITS));
    result.page = Math.min(query.page, result.pages);
    const shown = order.slice((result.page - 1) * HITS, result.page * HITS);
    result.hits = await hitsOf(shown, positive, unsettled, selected.first);
    if (!result.total && positive.length) Object.assign(result, await offers(selected, positive, query));
    return result;
  }

  async function hitsOf(docs, chunks, unsettled, first) {
    await (chunks.length ? loadTexts(docs) : loadHeads(docs));
    const isFirst = new Set(first);
    return docs.map((doc) => {
      const partial = !isFirst.has(doc) && holds(doc, unsettled) === false;
      return { ...headOf(doc), text: chunks.length ? textOf(doc) : "", partial, loose: partial || isFirst.has(doc) };
    });
  }

  /** For a query that finds nothing: what holds some of its words, and the nearest titles. */
  async function offers(selected, chunks, query) {
    const postings = found(Array.from(selected.looked.values()).filter(({ term }) => !/^[=#|]/.test(term)));
    if (!postings.length) return { some: { total: 0, hits: [] }, nearest: [] };
    const clauses = postings.map(({ term }) => [term, ["title", "body"]]);
    const any = without(postings.map((posting) => posting.any).reduce(union), selected.out);
    const docs = await filtered(any, query, "");
    const order = await ranked(postings, docs, clauses, []);
    const shared = new Map();
    for (const { title } of postings) {
      for (const doc of title.docs) shared.set(doc, (shared.get(doc) || 0) + 1);
    }
    const enough = Math.max(1, Math.ceil(chunks.reduce((sum, { every }) => sum + every.length, 0) / 4));
    const near = Array.from(shared).filter(([, count]) => count >= enough);
    near.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
    const some = await hitsOf(order.slice(0, HITS), chunks, [], []);
    const nearest = await hitsOf(near.slice(0, 5).map(([doc]) => doc), [], [], []);
    for (const hit of [...some, ...nearest]) hit.loose = true;
    return { some: { total: docs.length, hits: some }, nearest };
  }

  /** Counts of the values of every facet, each under all filters but its own: [[code, word, count], …] by facet. */
  async function counts(base, query) {
    const result = {};
    await Promise.all(FACETS.map(async (name) => {
      const facet = await loadFacet(name);
      const sums = tally(facet, await filtered(base, query, name));
      const rows = Array.from(facet.words, ([code, word]) => [code, word, sums.get(code) || 0]);
      const chosen = query.filters[name] || [];
      result[name] = rows.filter(([code, , count]) => count || chosen.includes(named(code))).sort((a, b) => b[2] - a[2]);
    }));
    return result;
  }

  /** Titles and document numbers that hold what has been typed; of each the newest first. */
  async function suggest(text) {
    await open();
    const chunks = chunksOf(text).filter((chunk) => !chunk.minus && chunk.every.length);
    if (!chunks.length) return [];
    const terms = new Map(chunks.map((chunk) => [chunk, termsOf(chunk, chunk.every)]));
    const needed = new Set();
    for (const chunk of chunks) {
      terms.get(chunk).forEach((term) => needed.add(term));
      if (chunk.number) needed.add(chunk.number.term);
    }
    const looked = await lookUp(Array.from(needed));
    const titled = intersection(chunks.map((chunk) => setOf({ ...chunk, title: true }, terms.get(chunk), looked)));
    const numbers = chunks.length === 1 ? await numbered(chunks[0], looked) : new Int32Array(0);
    const newest = new Set([...Array.from(numbers).reverse(), ...Array.from(titled).reverse()].slice(0, 2 * SUGGESTED));
    const docs = Array.from(newest).slice(0, SUGGESTED);
    await loadHeads(docs);
    return docs.map((doc) => ({ ...headOf(doc), chunks, loose: true }));
  }

  // ---- Marking words ---------------------------------------------------------------------------------------------

  const PLAIN = new Map();

  /** The canonical form of one character, worked out once. */
  function plainOf(character) {
    if (!PLAIN.has(character)) PLAIN.set(character, canonical(character));
    return PLAIN.get(character);
  }

  /** The canonical form of a text, character by character, with, for each of its units, where its character stands. */
  function traced(text) {
    const from = [];
    let out = "";
    let kept = 0;
    for (let at = 0, next = 1; at < text.length; at = next, next = at + 1) {
      const code = text.charCodeAt(at);
      if (code >= 0x4e00 && code <= 0x9fff) {
        from.push(at);
        continue;
      }
      next = at + sizeAt(text, at);
      const plain = plainOf(text.slice(at, next));
      out += text.slice(kept, at) + plain;
      kept = next;
      for (let unit = 0; unit < plain.length; unit++) from.push(at);
    }
    return { text: out + text.slice(kept), from };
  }

  /** How many units the character at a place has. */
  function sizeAt(text, at) {
    return text.codePointAt(at) > 0xffff ? 2 : 1;
  }

  /** Where the chunks stand in a text: [[start, end, chunk], …], joined where they touch. ``loose``: their tokens, where
      a chunk does not stand in it as a whole. */
  function places(text, chunks, loose) {
    const { text: plain, from } = traced(text);
    const spans = [];
    chunks.forEach((chunk, number) => {
      const whole = [].concat(...chunk.forms.map((form) => occurrences(plain, form, false)));
      const parts = whole.length || !loose ? [whole] : chunk.every.filter((token) => !token.includes("/")).map((token) => {
        return occurrences(plain, token, true);
      });
      for (const [start, end] of [].concat(...parts)) {
        const last = from[end - 1];
        spans.push([from[start], last + sizeAt(text, last), number]);
      }
    });
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const merged = [];
    for (const [start, end, number] of spans) {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end, number]);
    }
    return merged;
  }

  function occurrences(text, wanted, wholeWords) {
    const matches = [];
    const letter = /[a-z0-9]/;
    for (let at = wanted ? text.indexOf(wanted) : -1; at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length;
      const cut = wholeWords && ((letter.test(wanted[0]) && letter.test(text[at - 1] || " "))
        || (letter.test(wanted[wanted.length - 1]) && letter.test(text[end] || " ")));
      if (!cut) matches.push([at, end]);
    }
    return matches;
  }

  function marked(text, spans) {
    const nodes = document.createDocumentFragment();
    let at = 0;
    for (const [start, end] of spans) {
      if (start > at) nodes.append(text.slice(at, start));
      nodes.append(make("mark", {}, text.slice(start, end)));
      at = end;
    }
    if (at < text.length) nodes.append(text.slice(at));
    return nodes;
  }

  /** Cut the hundred characters out of a text that show most of the words; rather from its sentences than from the
      issuers and keywords that stand before them, which are short lines. */
  function snippet(text, chunks, loose) {
    const line = text.replace(/\n/g, " ");
    const sentences = /^.{30,}$/m.exec(text);
    const start = sentences ? sentences.index : 0;
    const spans = places(line, chunks, loose);
    let begin = start;
    let best = 0;
    spans.slice(0, 500).forEach(([at, , chunk], i) => {
      const seen = new Set([chunk]);
      for (let j = i; j < spans.length && spans[j][1] <= at + SNIPPET - 20; j++) seen.add(spans[j][2]);
      const worth = 2 * seen.size + (at >= start ? 1 : 0);
      if (worth > best) {
        best = worth;
        begin = Math.max(at >= start ? start : 0, at - 20);
      }
    });
    let end = Math.min(line.length, begin + SNIPPET);
    if (end === line.length) begin = Math.max(0, Math.min(begin, Math.max(start, end - SNIPPET)));
    // Never between the halves of a character outside the basic plane.
    if (/[\udc00-\udfff]/.test(line[begin] || "")) begin -= 1;
    if (/[\udc00-\udfff]/.test(line[end] || "")) end += 1;
    const inside = spans.filter(([from, to]) => from < end && to > begin);
    const moved = inside.map(([from, to]) => [Math.max(from, begin) - begin, Math.min(to, end) - begin]);
    const nodes = marked(line.slice(begin, end), moved);
    if (begin > 0) nodes.prepend("…");
    if (end < line.length) nodes.append("…");
    return nodes;
  }

  // ---- Page ------------------------------------------------------------------------------------------------------

  let words = {};

  function say(key, values) {
    const text = words[key] || key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  }

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  function wayTo(address) {
    return root + address.split("/").map(encodeURIComponent).join("/");
  }

  function told(trouble) {
    return trouble instanceof Trouble ? say(trouble.reason, { file: trouble.detail }) : say("broken");
  }

  function mark(className, text) {
    return make("strong", { class: `gk-mark ${className}`, lang: document.documentElement.lang }, text);
  }

  function titleOf(hit, chunks) {
    if (!hit.title) return say("untitled");
    return marked(hit.title, places(hit.title, chunks, hit.loose));
  }

  function hitItem(hit, chunks, attribute) {
    const item = make("li", { class: "gk-hit", [attribute]: hit.address });
    const link = make("a", { href: wayTo(hit.address) }, titleOf(hit, chunks));
    if (!hit.title) link.lang = document.documentElement.lang;
    item.append(make("h3", { class: "gk-hit-title" }, link));
    const facts = make("p", { class: "gk-hit-facts" });
    if (hit.partial) facts.append(mark("gk-mark-partial", say("partial")));
    if (hit.attribute && hit.attribute !== "active") {
      facts.append(mark(`gk-mark-${hit.attribute}`, say(`attribute-${hit.attribute}`)));
    }
    if (hit.validity && hit.validity !== "valid") {
      facts.append(mark(`gk-mark-${hit.validity}`, say(`validity-${hit.validity}`)));
    }
    if (hit.number) facts.append(make("span", {}, marked(hit.number, places(hit.number, chunks, hit.loose))));
    if (hit.issuers) facts.append(make("span", {}, hit.issuers));
    const section = (words.sections || {})[hit.section];
    if (section) facts.append(make("span", {}, section));
    const day = hit.date.slice(0, 10);
    if (day) facts.append(make("time", { datetime: day }, day));
    item.append(facts);
    if (hit.text) item.append(make("p", { class: "gk-hit-text" }, snippet(hit.text, chunks, hit.loose)));
    return item;
  }

  /** The search page: what its address asks for is what it shows. */
  function searchPage(form) {
    const find = (id) => document.getElementById(id);
    const status = find("gk-search-status");
    const list = find("gk-hits");
    const none = find("gk-no-hits");
    const pager = find("gk-search-pager");
    const panel = find("gk-filters");
    const sorting = find("gk-sorting");
    const title = document.title;
    let turn = 0;
    let shown = null;

    function parametersOf(query, changes) {
      const parameters = new URLSearchParams();
      const values = { ...query, ...changes };
      for (const name of PARAMETERS) {
        for (const value of FACETS.includes(name) ? query.filters[name] || [] : [values[name]]) {
          if (value && !(name === "page" && Number(value) <= 1)) parameters.append(name, value);
        }
      }
      return parameters;
    }

    function go(parameters) {
      const text = parameters.toString();
      const address = `${location.pathname}${text ? `?${text}` : ""}`;
      try {
        if (location.search !== (text ? `?${text}` : "")) history.pushState(null, "", address);
      } catch (refused) {
        location.href = text ? `?${text}` : address;
        return;
      }
      run();
    }

    function formParameters() {
      const parameters = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (value.trim()) parameters.append(name, value.trim());
      }
      return parameters;
    }

    function choose(select, rows, chosen) {
      const keep = select.options[0];
      const options = rows.map(([code, word, count]) => {
        const label = word || say("unstated");
        const text = count === null ? label : say("counted", { word: label, count });
        const option = make("option", { value: named(code) }, text);
        option.selected = chosen.includes(named(code));
        return option;
      });
      select.replaceChildren(keep, ...options);
      if (!options.some((option) => option.selected)) keep.selected = true;
    }

    function fillYears(query) {
      const years = new Set();
      for (const { head } of index.segments) for (const [year] of head.years) if (year) years.add(year);
      for (const name of ["from", "to"]) {
        if (query[name]) years.add(query[name]);
        const rows = Array.from(years).sort().reverse().map((year) => [year, year, null]);
        choose(form.elements[name], rows, [query[name]]);
      }
    }

    /** Values and counts of the filters: only once the panel is open, for they need files of their own. */
    async function fillFilters() {
      const mine = turn;
      try {
        await open();
        const query = readQuery(location.search);
        fillYears(query);
        let facets;
        if (shown) facets = await shown.counts();
        else facets = await counts(everything(), query);
        if (mine !== turn) return;
        for (const name of FACETS) choose(form.elements[name], facets[name], query.filters[name] || []);
      } catch (trouble) {
        tell(told(trouble));
      }
    }

    function tell(text) {
      status.textContent = text;
    }

    function clear() {
      list.replaceChildren();
      list.hidden = true;
      none.replaceChildren();
      none.hidden = true;
      pager.replaceChildren();
      pager.hidden = true;
    }

    function link(query, changes, text, attributes) {
      const parameters = parametersOf(query, changes);
      const anchor = make("a", { href: `search.html?${parameters}`, ...attributes }, text);
      anchor.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        go(parameters);
        find("gk-results").focus();
      });
      return anchor;
    }

    function showPager(result) {
      if (result.pages < 2) return;
      const { page, pages, query } = result;
      if (page > 1) pager.append(link(query, { page: page - 1 }, say("previous"), { rel: "prev" }));
      pager.append(make("p", {}, say("page", { page, pages })));
      if (page < pages) pager.append(link(query, { page: page + 1 }, say("next"), { rel: "next" }));
      pager.hidden = false;
    }

    function showOffers(result) {
      const box = make("p", {}, say(result.query.q ? "nothing" : "nothing-filtered", { query: result.query.q }));
      none.append(make("div", { "data-no-hits": true, class: "gk-notice" }, box));
      if (result.chunks.some(({ every }) => every.every((token) => ONE_HAN.test(token)) && every.length)) {
        none.lastChild.append(make("p", {}, say("one-character")));
      }
      if (Object.keys(result.query.filters).length || result.query.from || result.query.to) {
        const bare = { q: result.query.q, filters: {} };
        none.lastChild.append(make("p", {}, link(bare, {}, say("unfiltered"), {})));
      }
      for (const [key, hits, chunks] of [
        ["some", result.some ? result.some.hits : [], result.chunks], ["nearest", result.nearest || [], result.chunks],
      ]) {
        if (!hits.length) continue;
        const items = hits.map((hit) => hitItem(hit, chunks, "data-offer"));
        none.append(make("section", { class: "gk-part", [`data-${key}`]: true },
          make("h2", {}, say(key)), make("ol", { class: "gk-hits", lang: "zh-CN" }, ...items)));
      }
      none.hidden = false;
    }

    function show(result) {
      clear();
      const { total, exact, page, pages, query } = result;
      sorting.hidden = total < 2;
      if (!total) {
        showOffers(result);
        tell(say("none"));
        return;
      }
      list.replaceChildren(...result.hits.map((hit) => hitItem(hit, result.chunks, "data-hit")));
      list.start = (page - 1) * HITS + 1;
      list.hidden = false;
      showPager(result);
      const count = say(exact ? "found" : "about", { count: total });
      tell(pages > 1 ? `${count} ${say("page", { page, pages })}` : count);
      if (query.q) document.title = `${query.q} – ${title}`;
    }

    async function run() {
      const mine = ++turn;
      const query = readQuery(location.search);
      form.elements.q.value = query.q;
      form.elements.sort.value = query.sort === "date" ? "date" : "";
      document.title = title;
      const filtering = Object.keys(query.filters).length || query.from || query.to;
      if (!query.q && !filtering) {
        shown = null;
        clear();
        sorting.hidden = true;
        tell("");
        find("gk-search-help").hidden = false;
        for (const name of [...FACETS, "from", "to"]) form.elements[name].value = "";
        if (panel.open) fillFilters();
        return;
      }
      find("gk-search-help").hidden = true;
      tell(say("searching"));
      list.setAttribute("aria-busy", "true");
      try {
        const result = await search(location.search);
        if (mine !== turn) return;
        shown = result;
        show(result);
        fillYears(query);
        if (filtering) panel.open = true;
        if (panel.open) await fillFilters();
      } catch (trouble) {
        if (mine !== turn) return;
        clear();
        tell(told(trouble));
      } finally {
        if (mine === turn) list.removeAttribute("aria-busy");
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(formParameters());
    });
    form.addEventListener("change", (event) => {
      if (event.target.tagName === "SELECT") go(formParameters());
    });
    find("gk-clear-filters").addEventListener("click", () => {
      const query = readQuery(location.search);
      go(parametersOf({ q: query.q, sort: query.sort, filters: {} }, {}));
    });
    panel.addEventListener("toggle", () => { if (panel.open) fillFilters(); });
    window.addEventListener("popstate", run);
    run();
  }

  /** Suggestions below a search box: the combobox pattern of the ARIA Authoring Practices, with a list of links. */
  function suggestions(form) {
    const input = form.elements.q;
    const id = `${input.id}-suggestions`;
    const list = make("ul", { id, role: "listbox", class: "gk-suggestions", "aria-label": say("suggestions") });
    const status = make("span", { class: "gk-hidden", role: "status" });
    let options = [];
    let active = -1;
    let timer = 0;
    let turn = 0;
    list.hidden = true;
    input.parentNode.append(list, status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off",
    })) input.setAttribute(name, value);

    function close() {
      turn++;
      clearTimeout(timer);
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      status.textContent = "";
    }

    /** What someone chooses from does not change any more, until something else is typed. */
    function move(to) {
      turn++;
      clearTimeout(timer);
      if (active >= 0) options[active].removeAttribute("aria-selected");
      active = to;
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[active].id);
    }

    function show(matches) {
      options = matches.map((hit, number) => {
        const option = make("li", { role: "option", id: `${id}-${number}`, "data-suggestion": hit.address });
        option.append(make("span", { lang: hit.title ? "zh-CN" : null }, titleOf(hit, hit.chunks)));
        if (hit.number) option.append(make("span", { class: "gk-suggested-number" },
          marked(hit.number, places(hit.number, hit.chunks, true))));
        return option;
      });
      list.replaceChildren(...options);
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(options.length > 0));
      status.textContent = options.length ? say("suggested", { count: options.length }) : "";
    }

    async function ask() {
      const mine = ++turn;
      const text = input.value.trim();
      if (!text) {
        close();
        return;
      }
      try {
        const matches = await suggest(text);
        if (mine === turn && document.activeElement === input) show(matches);
      } catch (trouble) {
        if (mine === turn) close(); // The form still works, and the search page says what is wrong.
      }
    }

    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, 150);
    });
    input.addEventListener("compositionend", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      const { key } = event;
      if (key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((key === "ArrowDown" || key === "ArrowUp") && list.hidden) {
        if (key === "ArrowDown" && input.value.trim()) ask();
      } else if (key === "ArrowDown") {
        event.preventDefault();
        move(active + 1 < options.length ? active + 1 : -1);
      } else if (key === "ArrowUp") {
        event.preventDefault();
        move(active < 0 ? options.length - 1 : active - 1);
      } else if (key === "Enter" && active >= 0 && !list.hidden) {
        event.preventDefault();
        location.href = wayTo(options[active].dataset.suggestion);
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-suggestion]");
      if (option) location.href = wayTo(option.dataset.suggestion);
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    if (document.activeElement === input) ask(); // Someone has typed while this script was coming.
  }

  window.gks = {
    ...files, tokens, queryTokens, crossings, canonical, decodePostings, decodeNumbers, search, scores, suggest,
  };

  function start() {
    const data = document.getElementById("gk-search-words");
    words = data ? JSON.parse(data.textContent) : {};
    for (const form of document.querySelectorAll("form[data-gk-search]")) suggestions(form);
    const page = document.getElementById("gk-search-form");
    if (page) searchPage(page);
  }

  // The search page waits for the scripts behind this one; other pages ask for it when they stand (box.js).
  if (here && here.defer) document.addEventListener("DOMContentLoaded", start);
  else start();
})();

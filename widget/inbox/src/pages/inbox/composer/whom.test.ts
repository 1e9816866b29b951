import assert from "node:assert/strict";
import test from "node:test";
import { add, changes, leadsElsewhere, proposed, read, remove, same, saysAttached, toOne, type Whom } from "./whom.ts";

const [ida, ben, eve] = [
  { name: "Ida Ash", address: "ida@example.org" },
  { name: "", address: "ben@example.net" },
  { name: "", address: "eve@example.com" },
] as const;
const view = { to: [ida], cc: [ben], last: [ida, ben], subject: "A lamp", is_first: false, reply_to: [], can_send: true };

test("a reply to all and a reply to one", () => {
  assert.deepEqual(proposed(view), { to: [ida], cc: [ben], bcc: [] });
  assert.deepEqual(toOne(view), { to: [ida], cc: [], bcc: [] });
  assert.ok(same(proposed(view), { to: [{ name: "", address: "IDA@example.org" }], cc: [ben], bcc: [] }));
  assert.ok(!same(proposed(view), toOne(view)));
});

test("who is added and who is left out, against the mail that is answered", () => {
  const whom: Whom = { to: [ida], cc: [], bcc: [eve] };
  assert.deepEqual(changes(view.last, whom), { added: [eve], dropped: [ben] });
  assert.deepEqual(changes([], whom), { added: [], dropped: [] });
});

test("it is said where the mail asks for answers from elsewhere, and whether it gets them", () => {
  const asks = { ...view, last: [ida, eve, ben], reply_to: [eve] };
  assert.equal(leadsElsewhere(view, proposed(view)), undefined);
  assert.deepEqual(leadsElsewhere({ ...asks, to: [eve] }, proposed({ ...asks, to: [eve] })), { to: eve.address, from: ida.address, heeded: true });
  assert.equal(leadsElsewhere({ ...asks, to: [eve] }, proposed(view)), undefined);
  assert.deepEqual(leadsElsewhere(asks, proposed(asks)), { to: eve.address, from: ida.address, heeded: false });
});

test("what is typed or pasted becomes people, and what is none stays", () => {
  assert.deepEqual(read("eve@example.com"), { people: [eve], rest: "" });
  assert.deepEqual(read('"Ida Ash" <ida@example.org>; ben@example.net eve@example.com'), { people: [ida, ben, eve], rest: "" });
  assert.deepEqual(read("nobody, eve@example.com, ida@"), { people: [eve], rest: "nobody, ida@" });
  assert.deepEqual(read(`${"a".repeat(65)}@example.com`).people, []);
});

test("nobody stands in two fields, and a hundred are the most", () => {
  const whom = proposed(view);
  assert.deepEqual(add(whom, "bcc", [{ name: "", address: "BEN@example.net" }, eve]).bcc, [eve]);
  assert.deepEqual(remove(whom, "cc", ben).cc, []);
  const many = Array.from({ length: 150 }, (_, number) => ({ name: "", address: `a${number}@example.com` }));
  assert.equal(add(whom, "cc", many).cc.length, 99);
});

test("a text that speaks of something attached", () => {
  for (const text of ["See attached.", "I'm attaching it", "the attachments", "تجد الفاتورة في المرفق"]) assert.ok(saysAttached(text), text);
  for (const text of ["I am at a chedder shop", "> see attached\nThanks", "detached"]) assert.ok(!saysAttached(text), text);
});

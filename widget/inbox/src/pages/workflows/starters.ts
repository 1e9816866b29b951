/** What a first workflow may be, ready to adapt. Words for them are `starter.<key>.name` and `.text`. */

const hours = (id: string, count: number) => ({ id, type: "delay", config: { hours: count } });
const days = (id: string, count: number) => ({ id, type: "delay", config: { days: count } });
const mail = (id: string, subject: string) => ({ id, type: "email", config: { subject } });
const tag = (id: string, name: string) => ({ id, type: "tag", config: { add: [name] } });

export const starters = {
  welcome: {
    trigger: { type: "welcome", config: {} },
    steps: [
      mail("hello", "Welcome"),
      days("three_days", 3),
      {
        id: "bought",
        type: "condition",
        config: { field: "contact.order_count", operator: "greater_than", value: 0 },
        true_branch: [tag("customer", "customer")],
        false_branch: [mail("best", "What others like most"), tag("lead", "lead")],
      },
    ],
  },
  abandoned_cart: {
    trigger: { type: "abandoned_cart", config: {} },
    steps: [
      hours("an_hour", 1),
      mail("left", "You left something behind"),
      {
        id: "buys",
        type: "wait_until_event",
        config: { event: "order.created", days: 1 },
        happened_branch: [tag("rescued", "rescued cart"), { id: "bought", type: "exit", config: { reason: "bought" } }],
        timeout_branch: [mail("last", "Shall we keep your cart?")],
      },
    ],
    goals: ["order.created"],
    quiet_hours: { start: "21:00", end: "08:00" },
  },
  order_confirmation: {
    trigger: { type: "order_confirmation", config: {} },
    steps: [
      mail("thanks", "Thank you for your order"),
      {
        id: "regular",
        type: "condition",
        config: { field: "contact.order_count", operator: "greater_or_equal", value: 3 },
        true_branch: [tag("loyal", "regular")],
      },
    ],
  },
  shipping: {
    trigger: { type: "shipping", config: {} },
    steps: [mail("on_its_way", "Your order is on its way"), days("a_week", 7), mail("how", "How is it?")],
  },
  custom: {
    trigger: { type: "custom", config: { event: "trial_started" } },
    steps: [
      {
        id: "uses",
        type: "wait_until_event",
        config: { event: "first_project", days: 3 },
        happened_branch: [tag("active", "active")],
        timeout_branch: [{ id: "stuck", type: "tag", config: { add: ["needs help"] } }],
      },
    ],
  },
} as const;

export type Starter = keyof typeof starters;
export const blank = { trigger: { type: "custom", config: {} }, steps: [] };

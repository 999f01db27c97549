import { carts } from "./checkout/carts.ts";
import { concurrency } from "./checkout/concurrency.ts";
import { headers } from "./checkout/headers.ts";
import { idempotency } from "./checkout/idempotency.ts";
import { mutations } from "./checkout/mutations.ts";
import { payments } from "./checkout/payments.ts";
import { privacy } from "./checkout/privacy.ts";
import { purchase } from "./checkout/purchase.ts";
import { refusals } from "./checkout/refusals.ts";
import { states } from "./checkout/states.ts";
import { endAll } from "./embedded.ts";
import { Shop } from "./shopping.ts";

// One cloud for all of it: each part has a file of its own beside this one.
describe("checkout on the embedded cloud", () => {
    const shop = new Shop();

    before(async () => {
        await shop.open();
    });

    after(endAll);

    purchase(shop);
    headers(shop);
    carts(shop);
    payments(shop);
    states(shop);
    idempotency(shop);
    concurrency(shop);
    refusals(shop);
    mutations(shop);
    // Last: it looks at what all the others have left behind.
    privacy(shop);
});

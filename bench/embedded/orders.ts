/** An order that was posted. */
export interface Posted {
    readonly orderId: string;
    readonly status: number;
    /** When the client began to send it, in milliseconds since the epoch. */
    readonly at: number;
    /** Until the answer was read, in milliseconds. */
    readonly ms: number;
}

/** Posts so many orders by so many clients, each of which sends one after the other. */
export async function postOrders(url: string, count: number, clients: number): Promise<Posted[]> {
    const posted: Posted[] = [];
    let next = 0;
    const client = async () => {
        while (next < count) {
            next += 1;
            posted.push(await post(url, next));
        }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return posted;
}

async function post(url: string, number: number): Promise<Posted> {
    const order = orderOf(number);
    const at = Date.now();
    const start = performance.now();
    const response = await fetch(`${url}/orders`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(order),
    });
    await response.arrayBuffer();
    return { orderId: order.orderId, status: response.status, at, ms: performance.now() - start };
}

/** The two forms of an order in turn; one of them reserves stock, and all of those of the same product. */
function orderOf(number: number) {
    const orderId = `bench-${number}`;
    if (number % 2 === 0) return { orderId, customer: "John Doe", items: ["Widget A", "Widget B"], total: 99.99 };
    return {
        orderId,
        productId: "12345",
        productName: "Eco-Friendly Cleaner",
        quantity: 2,
        customerEmail: "customer@example.com",
    };
}

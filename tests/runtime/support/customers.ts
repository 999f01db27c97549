export const customerId = "3cdcdcc8-80c5-41bb-abb5-ac8772c9cc24";
export const projectKey = "demo";

/** The payload that the source system documents. */
export const seedPayload = {
    notificationType: "Message",
    type: "CustomerUpdated",
    customer: {
        email: "johndoe@example.com",
        firstName: "John",
        lastName: "Doe",
        fullName: "John Doe",
        addresses: [
            { streetName: "Any Street", streetNumber: "1337", city: "Any City", postalCode: "11111", country: "US" },
        ],
    },
};

/** A customer as commercetools shows it. */
export function commercetoolsCustomer(over: object = {}) {
    return {
        id: customerId,
        version: 1,
        createdAt: "2022-09-19T14:34:35.843Z",
        lastModifiedAt: "2022-09-19T14:34:35.843Z",
        email: "johndoe@example.com",
        firstName: "John",
        lastName: "Doe",
        password: "****aGg=",
        addresses: [
            { id: "a0", streetName: "Side Street", city: "Other City", postalCode: "22222", country: "DE" },
            {
                id: "a1",
                streetName: "Any Street",
                streetNumber: "1337",
                postalCode: "11111",
                city: "Any City",
                country: "US",
            },
        ],
        defaultShippingAddressId: "a1",
        shippingAddressIds: ["a1"],
        billingAddressIds: [],
        isEmailVerified: false,
        stores: [],
        authenticationMode: "Password",
        customerGroupAssignments: [],
        ...over,
    };
}

/** A message of commercetools in the Platform format. */
export function platformMessage(type: string, sequenceNumber: number, values: object, over: object = {}) {
    return {
        notificationType: "Message",
        projectKey,
        id: `6f1d0f54-7d3e-4c1a-9f4e-${String(sequenceNumber).padStart(12, "0")}`,
        version: 1,
        sequenceNumber,
        resource: { typeId: "customer", id: customerId },
        resourceVersion: sequenceNumber,
        resourceUserProvidedIdentifiers: { customerNumber: "C-1001" },
        type,
        ...values,
        createdAt: "2022-10-25T13:30:09.760Z",
        lastModifiedAt: "2022-10-25T13:30:09.760Z",
        ...over,
    };
}

export const customerCreated = (sequenceNumber = 1, over: object = {}) =>
    platformMessage("CustomerCreated", sequenceNumber, { customer: commercetoolsCustomer(over) });

/** The notification that something happened to a resource. */
export function changeNotification(notificationType: string, over: object = {}) {
    return {
        notificationType,
        projectKey,
        resource: { typeId: "customer", id: customerId },
        version: 3,
        modifiedAt: "2022-10-25T13:30:09.760Z",
        ...over,
    };
}

/** The same as a CloudEvent; without the payload when it was too large. */
export function cloudEvent(payload: { readonly [name: string]: unknown }, withData = true) {
    const { notificationType, type, id, sequenceNumber } = payload;
    return {
        specversion: "1.0",
        id: id ?? "c4f7a4b0-0000-4000-8000-000000000001",
        source: `/${projectKey}/customers`,
        type: `com.commercetools.customer.${
            notificationType === "Message" ? `message.${type}` : `change.${notificationType}`
        }`,
        subject: customerId,
        time: "2022-10-25T13:30:09.760Z",
        dataref: `/${projectKey}/messages/${id}`,
        ...(sequenceNumber !== undefined && { sequence: String(sequenceNumber), sequencetype: "Integer" }),
        ...(withData && { data: payload }),
    };
}

// Made by `npm run generate` from spec/settings.schema.json. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Settings of a stack
         * @description Source of the types, the validation, the declarations in Pulumi.yaml, the page docs/settings.md and the completion in editors. x-rule: what a pattern or format demands, in words after "set". x-prod: default in stacks whose name begins with prod. x-secret: encrypted in the stack file. x-internal: only the embedded run sets it.
         */
        readonly Settings: {
            /**
             * @description Order intake: its endpoint, authentication and mail.
             * @default {}
             */
            readonly orders: {
                /**
                 * @description Handler of POST /orders: function validates each order and answers with its errors; direct lets API Gateway write into the orders queue without a function.
                 * @default function
                 * @enum {string}
                 */
                readonly ingress: "function" | "direct";
                /**
                 * @description Authentication of the order and message API. none is refused in prod.
                 * @default apiKey
                 * @enum {string}
                 */
                readonly authentication: "none" | "iam" | "jwt" | "apiKey";
                /** @description Tokens that are accepted. Required with authentication jwt. */
                readonly jwt?: {
                    /**
                     * @description URL of the issuer of the tokens that are accepted. Required with authentication jwt.
                     * @example https://login.example.com/
                     */
                    readonly issuer: string;
                    /**
                     * @description Audiences, one of which a token must name. Required with authentication jwt.
                     * @example [
                     *       "shop"
                     *     ]
                     */
                    readonly audience: readonly string[];
                };
                /**
                 * @description Locale (BCP 47) of customers whose order names none: numbers and dates of their confirmations and mails.
                 * @default en-GB
                 * @example de-AT
                 */
                readonly locale: string;
                /** @description Seller, as confirmations name it. */
                readonly seller?: {
                    /**
                     * @description Legal name of the seller, as confirmations name it.
                     * @example Example Shop GmbH
                     */
                    readonly name: string;
                    /**
                     * @description Lines of the seller's address.
                     * @example [
                     *       "Lindenstr. 1",
                     *       "10969 Berlin",
                     *       "Germany"
                     *     ]
                     */
                    readonly address: readonly string[];
                    /**
                     * @description VAT id of the seller.
                     * @example DE123456789
                     */
                    readonly vatId?: string;
                    /**
                     * @description Further lines below the seller's address: the register's number, a bank account, a telephone number.
                     * @example [
                     *       "HRB 12345, Amtsgericht Berlin"
                     *     ]
                     */
                    readonly details?: readonly string[];
                };
                /**
                 * @description Mail about orders.
                 * @default {}
                 */
                readonly mail: {
                    /**
                     * @description Recipient of the notification of a new order.
                     * @default sales@example.com
                     */
                    readonly recipient: string;
                    /**
                     * @description Address verified in SES that sends notifications to the recipient, and mails to customers about their orders. Without it customers get none, and notifications stay in the queue for a consumer of your own.
                     * @example shop@example.com
                     */
                    readonly sender?: string;
                    /**
                     * @description Folder in the project with templates of mails to customers. They replace those of the same name in runtime/orderIntake/mails.
                     * @example shop/mails
                     */
                    readonly templates?: string;
                    /**
                     * @description Addresses that receive a readable mail about each order.
                     * @default []
                     * @example [
                     *       "orders@example.com"
                     *     ]
                     */
                    readonly announcements: readonly string[];
                };
            };
            /**
             * @description Agentic checkout: the merchant, payment, tax and shipping.
             * @default {}
             */
            readonly checkout: {
                /**
                 * @description The merchant as buyers see it.
                 * @default {}
                 */
                readonly merchant: {
                    /**
                     * @description Name of the shop.
                     * @default Example Shop
                     */
                    readonly name: string;
                    /**
                     * @description Website of the shop. Checkouts link its policies and orders below this URL.
                     * @default https://shop.example.com
                     */
                    readonly url: string;
                    /**
                     * Format: iso-4217
                     * @description Currency of checkouts (ISO 4217, lower case); checkout.currencies has further ones.
                     * @default usd
                     */
                    readonly currency: string;
                    /**
                     * @description Channels that buyers may subscribe to at checkout.
                     * @default []
                     * @example [
                     *       "email"
                     *     ]
                     */
                    readonly marketingChannels: readonly string[];
                };
                /**
                 * @description Payment of checkouts.
                 * @default {}
                 */
                readonly payment: {
                    /**
                     * @description Payment provider. sandbox charges no cards and is refused in prod; a stack that changes from sandbox to stripe deletes the sandbox's charges.
                     * @default stripe
                     * @enum {string}
                     */
                    readonly provider: "stripe" | "sandbox";
                    /**
                     * @description Merchant's account at the payment provider. Agents name it when they request a token.
                     * @default acct_example
                     */
                    readonly account: string;
                    /** @description Google Pay for platforms of the Universal Commerce Protocol, with stripe: the merchant's id at Google, and Stripe's publishable key, by which cards become tokens. Without it Google Pay is not offered. */
                    readonly googlePay?: {
                        /**
                         * @description The merchant's id in the Google Pay & Wallet Console.
                         * @example BCR2DN4T0000000
                         */
                        readonly merchantId: string;
                        /**
                         * @description Stripe's publishable key. One of test mode means test cards at Google, too.
                         * @example pk_test_51
                         */
                        readonly publishableKey: string;
                    };
                    /** @description The merchant's acquirer, for 3-D Secure. With stripe and without it 3-D Secure is not offered, and a card that requires it is declined. The sandbox has one of its own. */
                    readonly acquirer?: {
                        /**
                         * @description Identification number of the acquirer.
                         * @example 411111
                         */
                        readonly bin: string;
                        /**
                         * @description Country of the acquirer, ISO 3166-1 alpha-2.
                         * @example DE
                         */
                        readonly country: string;
                        /**
                         * @description The merchant's id at the acquirer.
                         * @example 1234567890
                         */
                        readonly merchantId: string;
                        /**
                         * @description The merchant's name at the acquirer.
                         * @example Example Shop
                         */
                        readonly merchantName: string;
                        /**
                         * @description The merchant's id as a requestor of 3-D Secure, if the scheme has given one.
                         * @example 10000000001
                         */
                        readonly requestorId?: string;
                    };
                    /**
                     * @description When an authorised payment is captured: automatic at the completion of the checkout; manual at POST /orders/{orderId}/capture or the first fulfilment.
                     * @default automatic
                     * @enum {string}
                     */
                    readonly capture: "automatic" | "manual";
                    /**
                     * @description What happens to the payment of an order that cannot be fulfilled: refund gives it back, or voids it; propose notifies an operator, who decides.
                     * @default refund
                     * @enum {string}
                     */
                    readonly unfulfillable: "refund" | "propose";
                    /**
                     * @description Interventions that every purchase requires. 3ds with stripe needs acquirer.
                     * @default []
                     * @example [
                     *       "3ds"
                     *     ]
                     */
                    readonly interventions: readonly "3ds"[];
                };
                /**
                 * @description Further currencies that sessions may have, by ISO 4217 in lower case, each with its prices of shipping. A product is sold in the currencies that it has prices in, codes with an amount or a minimum only in merchant.currency.
                 * @default {}
                 * @example {
                 *       "eur": {
                 *         "shipping": {
                 *           "DE": {
                 *             "standard": 490
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                readonly currencies: {
                    readonly [key: string]: {
                        /**
                         * @description Prices of shipping in this currency, in the form of checkout.shipping.rates.
                         * @default {}
                         */
                        readonly shipping: {
                            readonly [key: string]: {
                                readonly standard?: number;
                                readonly express?: number;
                                readonly steps?: readonly {
                                    readonly upTo: number;
                                    readonly standard?: number;
                                    readonly express?: number;
                                }[];
                                /** @enum {string} */
                                readonly by?: "weight" | "value";
                                readonly freeFrom?: number;
                            };
                        };
                    };
                };
                /**
                 * @description The name in runtime/checkoutSessions/session/shopRules.ts of a module of your own, which prices, ships or taxes in place of the catalogue's prices and of checkout.shipping.rates and checkout.tax. Without it they count.
                 * @example example
                 */
                readonly rules?: string;
                /**
                 * @description Hours after its last change when an open checkout session expires.
                 * @default 24
                 */
                readonly sessionHours: number;
                /**
                 * @description The Agentic Commerce Protocol.
                 * @default {}
                 */
                readonly acp: {
                    /**
                     * @description Versions of ACP that are served beside 2026-04-17.
                     * @default [
                     *       "2025-09-29",
                     *       "2025-12-12",
                     *       "2026-01-16",
                     *       "2026-01-30"
                     *     ]
                     * @example [
                     *       "2025-09-29"
                     *     ]
                     */
                    readonly older: readonly ("2025-09-29" | "2025-12-12" | "2026-01-16" | "2026-01-30")[];
                };
                /**
                 * @description The checkout as tools of the Model Context Protocol, at POST /mcp.
                 * @default {}
                 */
                readonly mcp: {
                    /**
                     * @description Version of ACP for calls that name none in meta.api_version. Without it they are refused.
                     * @example 2026-01-16
                     * @enum {string}
                     */
                    readonly defaultVersion?: "2025-09-29" | "2025-12-12" | "2026-01-16" | "2026-01-30" | "2026-04-17";
                    /**
                     * @description Origins of browsers that may call it. Agents send none; every other one is refused.
                     * @default []
                     * @example [
                     *       "https://agent.example.com"
                     *     ]
                     */
                    readonly allowedOrigins: readonly string[];
                };
                /** @description The Universal Commerce Protocol at /.well-known/ucp and /ucp/. Without it the protocol is not served. */
                readonly ucp?: {
                    /**
                     * @description Platforms that are served: signed takes a request that is signed by a key of its platform's profile, or has the API key of a client bound to that profile; open takes any, which is for first trials, and shows an order to none but a proven platform.
                     * @default signed
                     * @enum {string}
                     */
                    readonly trust: "signed" | "open";
                    /**
                     * @description Versions of the protocol that are served.
                     * @default [
                     *       "2026-04-08"
                     *     ]
                     * @example [
                     *       "2026-04-08"
                     *     ]
                     */
                    readonly versions: readonly ("2026-04-08" | "2026-08-25")[];
                    /**
                     * @description Page of the shop where a buyer goes on with a checkout; {id} stands for the session's id. Without it no checkout is handed over to the shop, and a payment that needs the buyer is declined.
                     * @example https://shop.example.com/checkout/{id}
                     */
                    readonly continueUrl?: string;
                    /**
                     * @description Names of the keys that sign for the merchant, each a key of KMS: the first one signs, and all are published; without a name its key is deleted, and without checkout.ucp all of them and the profiles of platforms. docs/operations/secrets.md has the steps of a rotation.
                     * @default [
                     *       "first"
                     *     ]
                     * @example [
                     *       "2026-11",
                     *       "first"
                     *     ]
                     */
                    readonly signingKeys: readonly string[];
                    /**
                     * @description Known platforms: the URL of the profile, the API client that is bound to it, the profile itself where it is not to be fetched, and the URL of order events where the profile names none. The profiles of others are fetched when they call.
                     * @default []
                     * @example [
                     *       {
                     *         "profile": "https://agent.example.com/.well-known/ucp",
                     *         "client": "agent"
                     *       }
                     *     ]
                     */
                    readonly platforms: readonly {
                        /** @description URL of its profile. */
                        readonly profile: string;
                        /** @description API client that speaks for it, with the scope checkout. */
                        readonly client?: string;
                        /** @description The profile itself, which is then never fetched. */
                        readonly document?: {
                            readonly [key: string]: unknown;
                        };
                        /** @description Where it wants order events, if its profile does not say so. */
                        readonly webhookUrl?: string;
                    }[];
                };
                /**
                 * @description Carts of agents, which they fill before a checkout.
                 * @default {}
                 */
                readonly carts: {
                    /**
                     * @description Days after its last change when a cart expires.
                     * @default 30
                     */
                    readonly days: number;
                    /**
                     * @description Page of the shop that shows a cart; {items} stands for its items as id:quantity, separated by commas. Without it carts have no continue_url.
                     * @example https://shop.example.com/cart?items={items}
                     */
                    readonly url?: string;
                };
                /**
                 * @description Tax of checkouts.
                 * @default {}
                 */
                readonly tax: {
                    /**
                     * @description Tax in percent by country (DE) or country and region (US-CA, ISO 3166-2); * for all others. Without a match there is none. The rate of the innermost region applies, before those around it (ES-TF, ES-CN, ES). A territory that has a country code of its own is found by either (PR, US-PR), and has no rate of the country around it.
                     * @default {}
                     * @example {
                     *       "DE": 19
                     *     }
                     */
                    readonly rates: {
                        readonly [key: string]: number;
                    };
                    /**
                     * @description Other rates for products with this taxClass, in the form of rates. Where a class has no rate, rates counts.
                     * @default {}
                     * @example {
                     *       "reduced": {
                     *         "DE": 7
                     *       }
                     *     }
                     */
                    readonly classes: {
                        readonly [key: string]: {
                            readonly [key: string]: number;
                        };
                    };
                    /**
                     * @description Whether the prices of products and shipping include the tax.
                     * @default false
                     */
                    readonly included: boolean;
                    /**
                     * @description Whether shipping is taxed, by the rate of its destination.
                     * @default false
                     */
                    readonly onShipping: boolean;
                };
                /**
                 * @description Shipping and pickup.
                 * @default {}
                 */
                readonly shipping: {
                    /**
                     * @description Prices of shipping in minor units by country (DE) or country and beginning of the postal code (FR:20); * for all others: standard, and express where it is offered. steps have other prices up to a weight (grams) or value, in ascending order; freeFrom is the value from which standard shipping is free. Without a match, or without a price, nothing is shipped.
                     * @default {}
                     * @example {
                     *       "DE": {
                     *         "standard": 490
                     *       }
                     *     }
                     */
                    readonly rates: {
                        readonly [key: string]: {
                            readonly standard?: number;
                            readonly express?: number;
                            readonly steps?: readonly {
                                readonly upTo: number;
                                readonly standard?: number;
                                readonly express?: number;
                            }[];
                            /** @enum {string} */
                            readonly by?: "weight" | "value";
                            readonly freeFrom?: number;
                        };
                    };
                    /**
                     * @description Locations where buyers collect goods: {name, address} by an id.
                     * @default {}
                     * @example {
                     *       "downtown": {
                     *         "name": "Downtown store"
                     *       }
                     *     }
                     */
                    readonly pickup: {
                        readonly [key: string]: {
                            readonly name: string;
                            readonly address: {
                                readonly name: string;
                                readonly line_one: string;
                                readonly line_two?: string;
                                readonly company?: string;
                                readonly city: string;
                                readonly state: string;
                                readonly country: string;
                                readonly postal_code: string;
                            };
                        };
                    };
                };
            };
            /**
             * @description Feeds that tell the products to agents and search engines.
             * @default {}
             */
            readonly feed: {
                /**
                 * @description Feeds, one for each receiver and country. Without any, nothing of the feed is deployed; removing the last one deletes files and state, removing one its secret.
                 * @default []
                 * @example [
                 *       {
                 *         "name": "shop-us",
                 *         "kind": "file",
                 *         "format": "openai-jsonl",
                 *         "country": "US",
                 *         "hosted": "signed"
                 *       }
                 *     ]
                 */
                readonly targets: readonly {
                    /** @description Name of the feed, of its secret and of its files. */
                    readonly name: string;
                    /**
                     * @description acp sends changes to the feed API of ACP, openai-api to OpenAI's; file writes a file every day.
                     * @enum {string}
                     */
                    readonly kind: "acp" | "openai-api" | "file";
                    /**
                     * @description Format of the file.
                     * @enum {string}
                     */
                    readonly format?: "acp-jsonl" | "openai-jsonl" | "openai-csv" | "google-tsv";
                    /**
                     * @description Whether the file is packed.
                     * @default true
                     */
                    readonly gzip: boolean;
                    /** @description Country whose buyers it is for, ISO 3166-1 alpha-2. */
                    readonly country: string;
                    /** @description Currency of the prices: checkout.merchant.currency or one of checkout.currencies. By default the first. */
                    readonly currency?: string;
                    /** @description The receiver's id of the feed. Required with acp and openai-api. */
                    readonly feedId?: string;
                    /** @description URL below which the receiver has its feed API. Required with acp and openai-api. */
                    readonly endpoint?: string;
                    /** @description Whether the feed's prices include the tax. By default as checkout.tax.included; where they differ, the country's rate of checkout.tax.rates is added or taken out. */
                    readonly pricesIncludeTax?: boolean;
                    /**
                     * @description Whether the receiver may sell: it takes a contract with it. Of OpenAI's formats.
                     * @default false
                     */
                    readonly eligibleForCheckout: boolean;
                    /**
                     * @description How the file is fetched from the API: public by its address, signed by the signed address that npm run feed -- status prints; with none it stays in the bucket.
                     * @default none
                     * @enum {string}
                     */
                    readonly hosted: "none" | "public" | "signed";
                    /**
                     * @description Files that the products are divided into, always the same way. OpenAI takes 500,000 rows a file.
                     * @default 1
                     */
                    readonly shards: number;
                    /**
                     * @description Most requests to the receiver in a minute.
                     * @default 60
                     */
                    readonly rate: number;
                }[];
                /**
                 * @description Products that a feed leaves out because they lack something, from which on an alarm goes off. Without it there is none.
                 * @example 100
                 */
                readonly leftOutAlarm?: number;
            };
            /**
             * @description Webhooks to the merchant's and other endpoints.
             * @default {}
             */
            readonly webhooks: {
                /**
                 * @description Sends webhooks. With false the deliveries queue is left to a consumer of your own; endpoints, deliveries and secrets stay.
                 * @default true
                 */
                readonly send: boolean;
                /**
                 * @description Days after which the key that seals the secrets of endpoints is changed. The first rotation creates its first value.
                 * @default 365
                 */
                readonly secretRotationDays: number;
                /**
                 * @description Addresses that webhooks may reach although they are not public.
                 * @default []
                 */
                readonly allowedAddresses: readonly string[];
            };
            /**
             * @description Publish/subscribe messages.
             * @default {}
             */
            readonly messages: {
                /**
                 * @description Creates POST /messages. With false only principals with the right to the topic publish.
                 * @default true
                 */
                readonly api: boolean;
            };
            /**
             * @description Sync of customers from commercetools to Segment.
             * @default {}
             */
            readonly customers: {
                /**
                 * @description Region of the source in Segment.
                 * @default us
                 * @enum {string}
                 */
                readonly segmentRegion: "us" | "eu";
                /**
                 * @description Reads customers from the API of commercetools. With false they are assembled from its messages.
                 * @default false
                 */
                readonly commercetoolsApi: boolean;
                /**
                 * @description How deleted customers are deleted at Segment: segment, by its Public API (its secret needs a publicApiToken); queue, by the reader of the queue customer-deletions.
                 * @default queue
                 * @enum {string}
                 */
                readonly deletion: "queue" | "segment";
                /**
                 * @description An alarm while notifications are parked that Segment was not told of, in whole or in part.
                 * @default true
                 */
                readonly parkedAlarm: boolean;
                /**
                 * @description IAM principal that may publish customer events.
                 * @default arn:aws:iam::362576667341:user/subscriptions
                 */
                readonly commercetoolsPrincipal: string;
            };
            /**
             * @description The HTTP API: throttling, CORS, domain, firewall.
             * @default {}
             */
            readonly api: {
                /**
                 * @description Limits above which the API answers 429.
                 * @default {}
                 */
                readonly throttle: {
                    /**
                     * @description Requests a second, above which the API answers 429.
                     * @default 1000
                     */
                    readonly rate: number;
                    /**
                     * @description Requests at once, above which the API answers 429.
                     * @default 2000
                     */
                    readonly burst: number;
                };
                /**
                 * @description Origins of websites that may call the API (CORS). In prod each begins with https://.
                 * @default []
                 * @example [
                 *       "https://shop.example.com"
                 *     ]
                 */
                readonly allowedOrigins: readonly string[];
                /** @description Custom domain of the API. Without it the API has the name that AWS gives it. */
                readonly domain?: {
                    /**
                     * @description Custom domain of the API. Without it the API has the name that AWS gives it.
                     * @example api.example.com
                     */
                    readonly name: string;
                    /**
                     * @description Id of the public Route 53 zone of that name or of a parent of it.
                     * @example Z0123456789ABCDEFGHIJ
                     */
                    readonly zone: string;
                };
                /** @description Web application firewall with CloudFront in front of the API. Needs domain. Without it there is none. */
                readonly firewall?: {
                    /**
                     * @description Requests that one address may make in five minutes, by a web application firewall with CloudFront in front of the API. Needs api.domain. Without it there is no firewall.
                     * @example 10000
                     */
                    readonly requestsPerAddress: number;
                };
                /**
                 * @description Scopes, by client, of the clients whose keys are plain text in the secret of API keys. A client that is not listed has none.
                 * @default {}
                 * @example {
                 *       "webshop": [
                 *         "orders:write"
                 *       ]
                 *     }
                 */
                readonly plainKeyScopes: {
                    readonly [key: string]: readonly ("checkout" | "orders:write" | "orders:read" | "merchant" | "messages" | "webhooks")[];
                };
            };
            /**
             * @description Lambda functions: memory, concurrency and logs.
             * @default {}
             */
            readonly functions: {
                /**
                 * @description Memory of a function in MB.
                 * @default 512
                 */
                readonly memory: number;
                /**
                 * @description Sizes of single functions, by name without the environment: memory in MB; reserved, its most executions at a time, taken from the account's quota (0 stops it); provisioned, executions kept ready to avoid cold starts.
                 * @default {}
                 * @example {
                 *       "order-receiver": {
                 *         "reserved": 50
                 *       }
                 *     }
                 */
                readonly byName: {
                    readonly [key: string]: {
                        readonly memory?: number;
                        readonly reserved?: number;
                        readonly provisioned?: number;
                    };
                };
                /**
                 * @description Reserved executions of functions without one in byName: callers answer a request; queues read a queue.
                 * @default {}
                 * @example {
                 *       "callers": 40
                 *     }
                 */
                readonly reserved: {
                    readonly [key: string]: number;
                };
                /**
                 * @description Account's quota of concurrent executions of Lambda. Reserved executions must leave 100 of it, and an alarm watches 80 % of the rest.
                 * @default 1000
                 */
                readonly concurrencyQuota: number;
                /**
                 * @description AWS clients of the functions that answer HTTP requests and of the webhook deliverer: lean, which start in half the time (packages/lean-aws), or full, the AWS SDK's. All other functions have the AWS SDK's.
                 * @default lean
                 * @enum {string}
                 */
                readonly sdk: "lean" | "full";
                /**
                 * @description Lowest level that functions log; what counts a metric is logged at every level.
                 * @default info
                 * @enum {string}
                 */
                readonly logLevel: "debug" | "info" | "warn" | "error";
                /**
                 * @description CloudWatch masks e-mail addresses, card numbers and AWS keys in logs.
                 * @default false
                 */
                readonly logMasking: boolean;
            };
            /**
             * @description VPC of the functions.
             * @default {}
             */
            readonly network: {
                /**
                 * @description Availability zones of a VPC of the stack's own; each costs endpoints and a NAT gateway. Without it functions run in Lambda's own network.
                 * @example 2
                 */
                readonly availabilityZones?: number;
            };
            /**
             * @description A second region.
             * @default {}
             */
            readonly failover: {
                /**
                 * @description Region that takes over when the first fails. Without it there is none; removing it deletes documents, messages and logs that only that region has.
                 * @example eu-central-1
                 */
                readonly region?: string;
                /** @description A region that is lost; the other one takes over its work. */
                readonly lost?: {
                    /**
                     * @description A region that is lost, one of the two; the other one takes over its work.
                     * @example eu-west-1
                     */
                    readonly region: string;
                    /**
                     * @description Time when this is set. The other region takes up what the lost one wrote before.
                     * @example 2026-11-21T10:00:00Z
                     */
                    readonly since: string;
                };
            };
            /**
             * @description Alarms and costs.
             * @default {}
             */
            readonly alarms: {
                /**
                 * @description Addresses that receive alarms. prod requires one.
                 * @default []
                 * @example [
                 *       "operations@example.com"
                 *     ]
                 */
                readonly emails: readonly string[];
                /**
                 * @description Slack channel that receives alarms: <workspace id>/<channel id>.
                 * @example T07EA123LEP/C07EZ1ABC23
                 */
                readonly slack?: string;
                /**
                 * @description Alarms that exist: all, with a topic for each severity; essential, with one topic, for failures, dead letters, full queues and late streams.
                 * @default all
                 * @enum {string}
                 */
                readonly level: "all" | "essential";
                /**
                 * @description US dollars a month. AWS mails the addresses in emails when the stack will exceed it or costs rise unusually. Without it there is no budget.
                 * @example 500
                 */
                readonly monthlyBudget?: number;
            };
            /**
             * @description Days that data is kept.
             * @default {}
             */
            readonly retention: {
                /**
                 * @description Days that logs are kept.
                 * @default 30
                 * @enum {integer}
                 */
                readonly logDays: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653;
                /**
                 * @description Days that the order bus keeps events for a replay. 0 deletes the archive.
                 * @default 0
                 */
                readonly archiveDays: number;
                /**
                 * @description Days that versions of checkout sessions and the steps of orders are kept, at least 30 more than archiveDays. 0 keeps them forever.
                 * @default 0
                 */
                readonly historyDays: number;
                /**
                 * @description Days that daily backups of tables and documents are kept. 0 creates none and keeps existing ones.
                 * @default 0
                 */
                readonly backupDays: number;
                /**
                 * @description Days that audit rows and copies of messages are kept.
                 * @default 365
                 */
                readonly auditDays: number;
                /**
                 * @description Retention lock (S3 Object Lock) of the heads of the audit trail that are anchored in a bucket: with governance only principals with the right to bypass it delete them before their time, with compliance no principal does, not even the account's root. A lock lasts for auditDays, also where the setting is taken back.
                 * @default none
                 * @enum {string}
                 */
                readonly auditLock: "none" | "governance" | "compliance";
            };
            /**
             * @description Encryption at rest and in transit.
             * @default {}
             */
            readonly encryption: {
                /**
                 * @description Keys that encrypt data at rest: aws, owned by AWS; customer, in your account. The change to aws deletes the key and is refused where data is protected; with a second region neither change is possible.
                 * @default aws
                 * @enum {string}
                 */
                readonly keys: "aws" | "customer";
                /**
                 * @description Every queue has a policy that refuses calls without TLS. Topics, buckets and queues that AWS services write to always have one.
                 * @default false
                 */
                readonly tlsOnly: boolean;
            };
            /**
             * @description Deployment of code, and protection of data.
             * @default {}
             */
            readonly deployment: {
                /**
                 * @description New code gets all traffic at once, or canary: a tenth of it for five minutes first.
                 * @default allAtOnce
                 * @enum {string}
                 */
                readonly rollout: "allAtOnce" | "canary";
                /**
                 * @description Protects tables, documents, secrets, keys and backups against deletion.
                 * @default true
                 */
                readonly deletionProtection: boolean;
                /**
                 * @description Name of the stack, before it is destroyed: turns deletionProtection off, in prod too.
                 * @example prod
                 */
                readonly takeDown?: string;
            };
            /**
             * @description Tags of every resource, beside Environment and ManagedBy.
             * @default {}
             */
            readonly tags: {
                /**
                 * @description Tag Project.
                 * @default OrderProcessing
                 */
                readonly Project: string;
                /**
                 * @description Tag CostCenter.
                 * @default Engineering
                 */
                readonly CostCenter: string;
            } & {
                readonly [key: string]: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

// Made by `npm run generate` from spec/checkout.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        readonly CheckoutSessionCreateRequest: {
            readonly line_items: readonly components["schemas"]["RequestedItem"][];
            /** @description The merchant's currency */
            readonly currency: string;
            readonly buyer?: components["schemas"]["Buyer"];
            readonly fulfillment_details?: components["schemas"]["FulfillmentDetails"];
            readonly fulfillment_groups?: components["schemas"]["FulfillmentGroups"];
            readonly capabilities: components["schemas"]["CapabilitiesRequest"];
            readonly discounts?: components["schemas"]["DiscountsRequest"];
            readonly coupons?: components["schemas"]["Coupons"];
            readonly affiliate_attribution?: components["schemas"]["AffiliateAttribution"];
            /** @description BCP 47 */
            readonly locale?: string;
            /** @description IANA name */
            readonly timezone?: string;
            readonly quote_id?: string;
            readonly metadata?: components["schemas"]["Metadata"];
            readonly order_notes?: components["schemas"]["OrderNotes"];
        };
        readonly CheckoutSessionUpdateRequest: {
            readonly line_items?: readonly components["schemas"]["RequestedItem"][];
            readonly buyer?: components["schemas"]["Buyer"];
            readonly fulfillment_details?: components["schemas"]["FulfillmentDetails"];
            readonly fulfillment_groups?: components["schemas"]["FulfillmentGroups"];
            readonly selected_fulfillment_options?: readonly components["schemas"]["SelectedFulfillmentOption"][];
            readonly discounts?: components["schemas"]["DiscountsRequest"];
            readonly coupons?: components["schemas"]["Coupons"];
            readonly order_notes?: components["schemas"]["OrderNotes"];
        };
        readonly CheckoutSessionCompleteRequest: {
            readonly payment_data: components["schemas"]["PaymentData"];
            readonly buyer?: components["schemas"]["Buyer"];
            readonly authentication_result?: components["schemas"]["AuthenticationResult"];
            readonly affiliate_attribution?: components["schemas"]["AffiliateAttribution"];
            readonly risk_signals?: components["schemas"]["RiskSignals"];
            readonly marketing_consents?: readonly components["schemas"]["MarketingConsent"][];
            readonly order_notes?: components["schemas"]["OrderNotes"];
        };
        readonly CancelSessionRequest: {
            readonly intent_trace?: components["schemas"]["IntentTrace"];
        };
        readonly CartCreateRequest: {
            readonly line_items: readonly components["schemas"]["RequestedItem"][];
            readonly buyer?: components["schemas"]["Buyer"];
            /** @description BCP 47 */
            readonly locale?: string;
        };
        readonly CartUpdateRequest: {
            readonly line_items: readonly components["schemas"]["RequestedItem"][];
            readonly buyer?: components["schemas"]["Buyer"];
        };
        /** @description JSON-RPC 2.0. */
        readonly McpMessage: {
            /** @constant */
            readonly jsonrpc: "2.0";
            readonly id?: string | number | null;
            readonly method?: string;
            readonly params?: Record<string, never>;
            readonly result?: Record<string, never>;
            readonly error?: {
                readonly code: number;
                readonly message: string;
                readonly data?: Record<string, never>;
            };
        };
        /** @description Names and prices of the client are accepted and ignored. */
        readonly RequestedItem: {
            /** @description The item's id in the catalogue */
            readonly id: string;
            readonly quantity?: components["schemas"]["RequestedQuantity"];
            readonly name?: string;
            readonly unit_amount?: number;
            readonly item?: never;
        } | {
            readonly item: components["schemas"]["Item"];
            readonly quantity?: components["schemas"]["RequestedQuantity"];
            /** @description The line item's id */
            readonly id?: string;
            readonly name?: string;
            readonly unit_amount?: number;
        };
        /** @default 1 */
        readonly RequestedQuantity: number;
        readonly Item: {
            /** @description The item's id in the catalogue */
            readonly id: string;
            readonly name?: string;
            readonly unit_amount?: number;
        };
        /** @description Capabilities of the agent. The session contains those of both sides. */
        readonly CapabilitiesRequest: {
            readonly payment?: components["schemas"]["Payment"];
            readonly interventions?: {
                readonly supported?: readonly string[];
                readonly required?: readonly string[];
                readonly enforcement?: string;
                readonly display_context?: string;
                readonly redirect_context?: string;
                /** @default 0 */
                readonly max_redirects: number;
                /** @default 1 */
                readonly max_interaction_depth: number;
            };
            readonly extensions?: readonly (string | components["schemas"]["ExtensionDeclaration"])[];
        };
        /**
         * @description Lines that go to a destination of their own, or another way. Each group has options of its own
         *     (`shipping_standard@<id of the group>`) and becomes a fulfilment of the order. Lines without a group go to the
         *     address in `fulfillment_details`.
         */
        readonly FulfillmentGroups: readonly components["schemas"]["FulfillmentGroup"][];
        readonly DiscountsRequest: {
            /** @description All codes of the session, in either case; an empty list removes them. */
            readonly codes?: readonly string[];
        };
        /**
         * @deprecated
         * @description The former name of `discounts.codes`.
         */
        readonly Coupons: readonly string[];
        /** @description The buyer's notes for the order */
        readonly OrderNotes: string;
        /** @description The affiliate that referred the buyer. */
        readonly AffiliateAttribution: {
            readonly provider: string;
            /** @description A secret */
            readonly token?: string;
            readonly publisher_id?: string;
            readonly campaign_id?: string;
            readonly creative_id?: string;
            readonly sub_id?: string;
            readonly source?: {
                /** @description `url`, `platform` or another */
                readonly type: string;
                /** Format: uri */
                readonly url?: string;
            };
            /** Format: date-time */
            readonly issued_at?: string;
            /** Format: date-time */
            readonly expires_at?: string;
            readonly metadata?: components["schemas"]["Notes"];
            /** @description `first`, `last` or another */
            readonly touchpoint?: string;
        };
        /** @description Why the buyer canceled. Kept for the merchant, never echoed. */
        readonly IntentTrace: {
            /** @description `price_sensitivity`, `shipping_cost` or another */
            readonly reason_code: string;
            readonly trace_summary?: string;
            readonly metadata?: components["schemas"]["Notes"];
        };
        readonly Notes: {
            readonly [key: string]: string | number | boolean;
        };
        /** @description The agent's own data, returned unchanged. */
        readonly Metadata: {
            readonly [key: string]: unknown;
        };
        /** @description The payment, by a handler of the session, or a purchase order's number. */
        readonly PaymentData: {
            readonly handler_id?: string;
            readonly instrument?: {
                readonly type: string;
                readonly credential: {
                    /** @description `spt` for a shared payment token */
                    readonly type: string;
                    /** @description A secret */
                    readonly token: string;
                };
            };
            readonly billing_address?: components["schemas"]["Address"];
            readonly purchase_order_number?: string;
            /** @enum {string} */
            readonly payment_terms?: "immediate" | "net_15" | "net_30" | "net_60" | "net_90";
            /** Format: date-time */
            readonly due_date?: string;
            readonly approval_required?: boolean;
        };
        /** @description Result of the buyer's authentication (3D Secure). An outcome that shifts liability has details. */
        readonly AuthenticationResult: {
            /** @enum {string} */
            readonly outcome: "abandoned" | "attempt_acknowledged" | "authenticated" | "canceled" | "denied" | "informational" | "internal_error" | "not_supported" | "processing_error" | "rejected";
            readonly outcome_details?: {
                readonly three_ds_cryptogram: string;
                /** @enum {string} */
                readonly electronic_commerce_indicator: "01" | "02" | "05" | "06" | "07";
                readonly transaction_id: string;
                readonly version: string;
            };
        } & unknown;
        readonly RiskSignals: {
            readonly ip_address?: string;
            readonly user_agent?: string;
            readonly accept_language?: string;
            readonly session_id?: string;
            readonly device_fingerprint?: string;
        };
        readonly MarketingConsent: {
            readonly channel: string;
            readonly opted_in: boolean;
        };
        readonly Buyer: {
            readonly first_name?: string;
            readonly last_name?: string;
            readonly full_name?: string;
            /** Format: email */
            readonly email: string;
            /** @description Best in the form of E.164 */
            readonly phone_number?: string;
            readonly customer_id?: string;
            /** @enum {string} */
            readonly account_type?: "guest" | "registered" | "business";
            /** @enum {string} */
            readonly authentication_status?: "authenticated" | "guest" | "requires_signin";
            readonly company?: {
                readonly name: string;
                readonly tax_id?: string;
                readonly department?: string;
                readonly cost_center?: string;
            };
            readonly loyalty?: {
                readonly tier?: string;
                readonly points_balance?: number;
                /** Format: date-time */
                readonly member_since?: string;
            };
            readonly tax_exemption?: {
                readonly certificate_id: string;
                /** @enum {string} */
                readonly certificate_type: "resale" | "exempt_organization" | "government";
                readonly exempt_regions?: readonly string[];
                /** Format: date-time */
                readonly expires_at?: string;
            };
        };
        /** @description In requests each text has at most 255 characters. */
        readonly Address: {
            readonly name: string;
            readonly line_one: string;
            readonly line_two?: string;
            readonly city: string;
            readonly state: string;
            /** @description ISO 3166-1 alpha-2 */
            readonly country: string;
            readonly postal_code: string;
            readonly company?: string;
        };
        readonly FulfillmentDetails: {
            readonly name?: string;
            readonly phone_number?: string;
            /** Format: email */
            readonly email?: string;
            readonly address?: components["schemas"]["Address"];
        };
        readonly FulfillmentGroup: {
            readonly id: string;
            readonly item_ids: components["schemas"]["ItemIds"];
            readonly destination_type: components["schemas"]["FulfillmentType"];
            readonly fulfillment_details?: components["schemas"]["FulfillmentDetails"];
            readonly location_id?: string;
            /** @description At most 500 characters */
            readonly instructions?: string;
        };
        readonly SelectedFulfillmentOption: {
            readonly type: components["schemas"]["FulfillmentType"];
            /** @description The id of one of the session's `fulfillment_options` */
            readonly option_id: string;
            readonly item_ids: components["schemas"]["ItemIds"];
        };
        /** @description Ids of line items, or of their items; responses contain ids of line items. */
        readonly ItemIds: readonly string[];
        /** @enum {string} */
        readonly FulfillmentType: "shipping" | "digital" | "pickup" | "local_delivery";
        readonly Payment: {
            readonly handlers: readonly components["schemas"]["PaymentHandler"][];
        };
        /** @description A payment handler. `config` contains the `merchant_id` of delegated payments. */
        readonly PaymentHandler: {
            readonly id: string;
            /** @description In reverse DNS order */
            readonly name: string;
            readonly display_name?: string;
            readonly version: components["schemas"]["VersionDate"];
            /** Format: uri */
            readonly spec: string;
            readonly requires_delegate_payment: boolean;
            readonly requires_pci_compliance: boolean;
            readonly psp: string;
            /** Format: uri */
            readonly config_schema: string;
            readonly instrument_schemas: readonly string[];
            readonly config: {
                readonly [key: string]: unknown;
            };
            /** @description Lower ones first */
            readonly display_order?: number;
        };
        readonly ExtensionDeclaration: {
            readonly name: string;
            /** @description Paths of the extended objects. */
            readonly extends?: readonly string[];
            /** Format: uri */
            readonly schema?: string;
            /** Format: uri */
            readonly spec?: string;
        };
        readonly VersionDate: string;
        readonly Cart: {
            readonly id: string;
            readonly line_items: readonly components["schemas"]["LineItem"][];
            readonly buyer?: components["schemas"]["Buyer"];
            /** @description Lower-case ISO 4217 */
            readonly currency: string;
            readonly totals: components["schemas"]["Totals"];
            readonly messages?: readonly (components["schemas"]["MessageInfo"] | components["schemas"]["MessageWarning"] | components["schemas"]["MessageError"])[];
            /** Format: uri */
            readonly continue_url?: string;
            /** Format: date-time */
            readonly expires_at?: string;
        };
        readonly CheckoutSession: {
            readonly id: string;
            readonly protocol?: {
                readonly version: components["schemas"]["VersionDate"];
            };
            readonly capabilities: components["schemas"]["Capabilities"];
            readonly status: components["schemas"]["SessionStatus"];
            /** @description Lower-case ISO 4217 */
            readonly currency: string;
            readonly presentment_currency?: string;
            readonly exchange_rate?: number;
            /** Format: date-time */
            readonly exchange_rate_timestamp?: string;
            readonly locale?: string;
            readonly timezone?: string;
            readonly buyer?: components["schemas"]["Buyer"];
            readonly line_items: readonly components["schemas"]["LineItem"][];
            readonly fulfillment_details?: components["schemas"]["FulfillmentDetails"];
            readonly fulfillment_groups?: readonly components["schemas"]["FulfillmentGroup"][];
            /** @description Empty while the destination is unknown. */
            readonly fulfillment_options: readonly (components["schemas"]["FulfillmentOptionShipping"] | components["schemas"]["FulfillmentOptionDigital"] | components["schemas"]["FulfillmentOptionPickup"] | components["schemas"]["FulfillmentOptionLocalDelivery"])[];
            readonly selected_fulfillment_options?: readonly components["schemas"]["SelectedFulfillmentOption"][];
            readonly totals: components["schemas"]["Totals"];
            readonly discounts?: components["schemas"]["DiscountsResponse"];
            readonly messages: readonly (components["schemas"]["MessageInfo"] | components["schemas"]["MessageWarning"] | components["schemas"]["MessageError"])[];
            readonly links: readonly components["schemas"]["Link"][];
            readonly marketing_consent_options?: readonly components["schemas"]["MarketingConsentOption"][];
            readonly authentication_metadata?: components["schemas"]["AuthenticationMetadata"];
            /** Format: date-time */
            readonly created_at?: string;
            /** Format: date-time */
            readonly updated_at?: string;
            /** Format: date-time */
            readonly expires_at?: string;
            /** Format: uri */
            readonly continue_url?: string;
            readonly metadata?: components["schemas"]["Metadata"];
            readonly quote_id?: string;
            /** Format: date-time */
            readonly quote_expires_at?: string;
            readonly order?: components["schemas"]["Order"];
        };
        readonly CheckoutSessionWithOrder: components["schemas"]["CheckoutSession"] & {
            readonly order: components["schemas"]["Order"];
        };
        /**
         * @description `incomplete`: no items. `not_ready_for_payment`: `messages` contain errors. `complete_in_progress`: payment in
         *     progress. `completed`, `canceled` and `expired` are final.
         * @enum {string}
         */
        readonly SessionStatus: "incomplete" | "not_ready_for_payment" | "requires_escalation" | "authentication_required" | "ready_for_payment" | "pending_approval" | "complete_in_progress" | "completed" | "canceled" | "in_progress" | "expired";
        /** @description Common capabilities of agent and merchant, with payment handlers. */
        readonly Capabilities: {
            readonly payment?: components["schemas"]["Payment"];
            readonly interventions?: {
                readonly supported?: readonly components["schemas"]["Intervention"][];
                readonly required?: readonly ("3ds" | "biometric")[];
                /** @enum {string} */
                readonly enforcement?: "always" | "conditional" | "optional";
                /** @enum {string} */
                readonly display_context?: "native" | "webview" | "modal" | "redirect";
                /** @enum {string} */
                readonly redirect_context?: "in_app" | "external_browser" | "none";
                readonly max_redirects?: number;
                readonly max_interaction_depth?: number;
            };
            /** @description Active extensions. */
            readonly extensions?: readonly components["schemas"]["ExtensionDeclaration"][];
        };
        /** @enum {string} */
        readonly Intervention: "3ds" | "biometric" | "address_verification";
        readonly LineItem: {
            readonly id: string;
            readonly item: components["schemas"]["Item"];
            readonly quantity: number;
            readonly name?: string;
            readonly description?: string;
            readonly images?: readonly string[];
            readonly unit_amount?: components["schemas"]["Amount"];
            readonly disclosures?: readonly {
                /** @enum {string} */
                readonly type: "disclaimer";
                readonly content_type: components["schemas"]["ContentType"];
                readonly content: string;
            }[];
            readonly custom_attributes?: readonly {
                readonly display_name: string;
                readonly value: string;
            }[];
            readonly marketplace_seller_details?: {
                readonly name: string;
            };
            readonly product_id?: string;
            readonly sku?: string;
            readonly variant_id?: string;
            readonly category?: string;
            readonly tags?: readonly string[];
            readonly weight?: {
                readonly value: number;
                /** @enum {string} */
                readonly unit: "g" | "kg" | "oz" | "lb";
            };
            readonly dimensions?: {
                readonly length: number;
                readonly width: number;
                readonly height: number;
                /** @enum {string} */
                readonly unit: "cm" | "in";
            };
            /** @enum {string} */
            readonly availability_status?: "in_stock" | "low_stock" | "out_of_stock" | "backorder" | "pre_order";
            readonly available_quantity?: number;
            readonly max_quantity_per_order?: number;
            /** Format: date-time */
            readonly fulfillable_on?: string;
            readonly variant_options?: readonly {
                readonly name: string;
                readonly value: string;
            }[];
            readonly discount_details?: readonly {
                readonly code?: string;
                /** @enum {string} */
                readonly type: "percentage" | "fixed" | "bogo" | "volume";
                readonly amount: components["schemas"]["Amount"];
                readonly description?: string;
                /** @enum {string} */
                readonly source?: "coupon" | "automatic" | "loyalty";
            }[];
            readonly tax_exempt?: boolean;
            readonly tax_exemption_reason?: string;
            readonly parent_id?: string;
            readonly totals: components["schemas"]["Totals"];
        };
        /** @description In minor units of the currency */
        readonly Amount: number;
        readonly Totals: readonly components["schemas"]["Total"][];
        /**
         * @description `items_base_amount` is the sum of the items, `items_discount` the discounts of lines, `subtotal` the remainder,
         *     `discount` the discounts of the whole. Discounts are positive and subtracted:
         *     `total` = `subtotal` - `discount` + `fulfillment` + `tax` + `fee` + `gift_wrap` + `tip` - `store_credit`.
         *     Of an order `total` stays what was charged first, and `amount_refunded` is what went back since.
         */
        readonly Total: {
            /** @enum {string} */
            readonly type: "items_base_amount" | "items_discount" | "subtotal" | "discount" | "fulfillment" | "tax" | "fee" | "gift_wrap" | "tip" | "store_credit" | "total" | "amount_refunded";
            readonly display_text: string;
            readonly amount: components["schemas"]["Amount"];
            /** @description In minor units of `presentment_currency` */
            readonly presentment_amount?: number;
            readonly description?: string;
            readonly breakdown?: readonly {
                readonly jurisdiction: string;
                readonly rate: number;
                readonly amount: components["schemas"]["Amount"];
            }[];
        };
        readonly FulfillmentOptionShipping: {
            /** @constant */
            readonly type: "shipping";
            readonly id: string;
            readonly title: string;
            readonly description?: string;
            readonly carrier?: string;
            /** Format: date-time */
            readonly earliest_delivery_time?: string;
            /** Format: date-time */
            readonly latest_delivery_time?: string;
            readonly totals: components["schemas"]["Totals"];
        };
        readonly FulfillmentOptionDigital: {
            /** @constant */
            readonly type: "digital";
            readonly id: string;
            readonly title: string;
            readonly description?: string;
            readonly totals: components["schemas"]["Totals"];
        };
        readonly FulfillmentOptionPickup: {
            /** @constant */
            readonly type: "pickup";
            readonly id: string;
            readonly title: string;
            readonly description?: string;
            readonly location: {
                readonly name: string;
                readonly address: components["schemas"]["Address"];
                readonly phone?: string;
                readonly instructions?: string;
            };
            /** @enum {string} */
            readonly pickup_type?: "in_store" | "curbside" | "locker";
            /** Format: date-time */
            readonly ready_by?: string;
            /** Format: date-time */
            readonly pickup_by?: string;
            readonly totals: components["schemas"]["Totals"];
        };
        readonly FulfillmentOptionLocalDelivery: {
            /** @constant */
            readonly type: "local_delivery";
            readonly id: string;
            readonly title: string;
            readonly description?: string;
            readonly delivery_window?: {
                /** Format: date-time */
                readonly start: string;
                /** Format: date-time */
                readonly end: string;
            };
            readonly service_area?: {
                readonly radius_miles?: number;
                readonly center_postal_code?: string;
            };
            readonly totals: components["schemas"]["Totals"];
        };
        readonly DiscountsResponse: {
            /** @description As the client sent them */
            readonly codes?: readonly string[];
            readonly applied?: readonly components["schemas"]["AppliedDiscount"][];
            readonly rejected?: readonly components["schemas"]["RejectedDiscount"][];
        };
        readonly AppliedDiscount: {
            readonly id: string;
            /** @description Absent when no code was needed */
            readonly code?: string;
            readonly coupon: components["schemas"]["Coupon"];
            readonly amount: components["schemas"]["Amount"];
            /** @default false */
            readonly automatic: boolean;
            /** Format: date-time */
            readonly start?: string;
            /** Format: date-time */
            readonly end?: string;
            /** @enum {string} */
            readonly method?: "each" | "across";
            /** @description Lower ones are taken off first */
            readonly priority?: number;
            /** @description Distribution of the amount over its targets. */
            readonly allocations?: readonly {
                /** @description JSONPath into the session */
                readonly path: string;
                readonly amount: components["schemas"]["Amount"];
            }[];
        };
        readonly Coupon: {
            readonly id: string;
            readonly name: string;
            /** @description Either this or `amount_off` */
            readonly percent_off?: number;
            readonly amount_off?: components["schemas"]["Amount"];
            readonly currency?: components["schemas"]["Currency"];
            /** @enum {string} */
            readonly duration?: "once" | "repeating" | "forever";
            readonly duration_in_months?: number;
            readonly max_redemptions?: number;
            readonly times_redeemed?: number;
            readonly metadata?: {
                readonly [key: string]: string;
            };
        };
        readonly Currency: string;
        /** @description The session also has a warning with the same code. */
        readonly RejectedDiscount: {
            readonly code: string;
            /** @enum {string} */
            readonly reason: "discount_code_expired" | "discount_code_invalid" | "discount_code_already_applied" | "discount_code_combination_disallowed" | "discount_code_minimum_not_met" | "discount_code_user_not_logged_in" | "discount_code_user_ineligible" | "discount_code_usage_limit_reached";
            readonly message?: string;
        };
        readonly MessageInfo: {
            /** @constant */
            readonly type: "info";
            readonly severity?: components["schemas"]["Severity"];
            readonly resolution?: components["schemas"]["Resolution"];
            readonly param?: components["schemas"]["Param"];
            readonly content_type: components["schemas"]["ContentType"];
            readonly content: string;
        };
        readonly MessageWarning: {
            /** @constant */
            readonly type: "warning";
            /** @enum {string} */
            readonly code: "low_stock" | "high_demand" | "shipping_delay" | "price_change" | "expiring_promotion" | "limited_availability" | "discount_code_expired" | "discount_code_invalid" | "discount_code_already_applied" | "discount_code_combination_disallowed" | "discount_code_minimum_not_met" | "discount_code_user_not_logged_in" | "discount_code_user_ineligible" | "discount_code_usage_limit_reached";
            readonly severity?: components["schemas"]["Severity"];
            readonly resolution?: components["schemas"]["Resolution"];
            readonly param?: components["schemas"]["Param"];
            readonly content_type: components["schemas"]["ContentType"];
            readonly content: string;
        };
        /** @description An error that prevents the completion. */
        readonly MessageError: {
            /** @constant */
            readonly type: "error";
            /** @enum {string} */
            readonly code: "missing" | "invalid" | "out_of_stock" | "payment_declined" | "requires_sign_in" | "requires_3ds" | "low_stock" | "quantity_exceeded" | "coupon_invalid" | "coupon_expired" | "minimum_not_met" | "maximum_exceeded" | "region_restricted" | "age_verification_required" | "approval_required" | "unsupported" | "not_found" | "conflict" | "rate_limited" | "expired" | "intervention_required";
            readonly severity?: components["schemas"]["Severity"];
            readonly resolution?: components["schemas"]["Resolution"];
            readonly param?: components["schemas"]["Param"];
            readonly content_type: components["schemas"]["ContentType"];
            readonly content: string;
        };
        /** @enum {string} */
        readonly Severity: "info" | "low" | "medium" | "high" | "critical";
        /**
         * @description `recoverable`: the agent can resolve it with another call. `requires_buyer_input`: only the buyer can.
         *     `requires_buyer_review`: the buyer must confirm.
         * @enum {string}
         */
        readonly Resolution: "recoverable" | "requires_buyer_input" | "requires_buyer_review";
        /** @description JSONPath (RFC 9535): `$.line_items[0].quantity` */
        readonly Param: string;
        /** @enum {string} */
        readonly ContentType: "plain" | "markdown";
        readonly Link: {
            /** @enum {string} */
            readonly type: "terms_of_use" | "privacy_policy" | "return_policy" | "shipping_policy" | "contact_us" | "about_us" | "faq" | "support";
            readonly title?: string;
            /** Format: uri */
            readonly url: string;
        };
        readonly MarketingConsentOption: {
            readonly channel: string;
            readonly display_text: string;
            /** Format: uri */
            readonly privacy_policy_url: string;
            readonly is_subscribed?: boolean;
        };
        /** @description Data for the buyer's authentication by the agent (3D Secure). */
        readonly AuthenticationMetadata: {
            readonly acquirer_details: {
                readonly acquirer_bin: string;
                /** @description ISO 3166-1 alpha-2 */
                readonly acquirer_country: string;
                readonly acquirer_merchant_id: string;
                readonly merchant_name: string;
                readonly requestor_id?: string;
            };
            /** @enum {string} */
            readonly directory_server: "american_express" | "mastercard" | "visa";
            readonly flow_preference?: {
                /** @enum {string} */
                readonly type: "challenge" | "frictionless";
                readonly challenge?: {
                    /** @enum {string} */
                    readonly type?: "mandated" | "preferred";
                };
                readonly frictionless?: {
                    /** @enum {string} */
                    readonly type?: "low_risk";
                };
            };
        };
        readonly Order: {
            /** @constant */
            readonly type?: "order";
            readonly id: string;
            readonly checkout_session_id: string;
            readonly order_number?: string;
            readonly client_reference_id?: string;
            /** Format: uri */
            readonly permalink_url: string;
            readonly status?: components["schemas"]["OrderStatus"];
            readonly estimated_delivery?: components["schemas"]["EstimatedDelivery"];
            readonly confirmation?: {
                readonly confirmation_number?: string;
                readonly confirmation_email_sent?: boolean;
                /** Format: uri */
                readonly receipt_url?: string;
                readonly invoice_number?: string;
                readonly order_notes?: string;
            };
            readonly support?: {
                /** Format: email */
                readonly email?: string;
                readonly phone?: string;
                readonly hours?: string;
                /** Format: uri */
                readonly help_center_url?: string;
            };
            readonly line_items?: readonly components["schemas"]["OrderLineItem"][];
            readonly fulfillments?: readonly components["schemas"]["Fulfillment"][];
            readonly adjustments?: readonly components["schemas"]["Adjustment"][];
            readonly totals?: components["schemas"]["Totals"];
        };
        /** @description `created`, `confirmed`, `manual_review`, `processing`, `shipped`, `completed`, `canceled` or another. */
        readonly OrderStatus: string;
        readonly OrderLineItem: {
            readonly id: string;
            readonly title: string;
            readonly product_id?: string;
            readonly description?: string;
            /** Format: uri */
            readonly image_url?: string;
            /** Format: uri */
            readonly url?: string;
            /** @description Ordered, current and fulfilled quantity. */
            readonly quantity: {
                readonly ordered: number;
                readonly current: number;
                /** @default 0 */
                readonly fulfilled: number;
            };
            readonly unit_price?: components["schemas"]["Amount"];
            readonly subtotal?: components["schemas"]["Amount"];
            readonly totals?: components["schemas"]["Totals"];
            /** @description `processing`, `partial`, `fulfilled`, `removed` or another */
            readonly status?: string;
        };
        readonly LineItemReference: {
            readonly id: string;
            readonly quantity: number;
        };
        readonly Fulfillment: {
            readonly id: string;
            /** @enum {string} */
            readonly type: "shipping" | "pickup" | "digital";
            readonly status?: string;
            readonly line_items?: readonly components["schemas"]["LineItemReference"][];
            readonly carrier?: string;
            readonly tracking_number?: string;
            /** Format: uri */
            readonly tracking_url?: string;
            readonly destination?: components["schemas"]["Address"];
            readonly estimated_delivery?: components["schemas"]["EstimatedDelivery"];
            readonly digital_delivery?: {
                /** Format: uri */
                readonly access_url?: string;
                readonly license_key?: string;
                /** Format: date-time */
                readonly expires_at?: string;
            };
            readonly description?: string;
            /** @description Events so far, append-only. */
            readonly events?: readonly {
                readonly id: string;
                readonly type: string;
                /** Format: date-time */
                readonly occurred_at: string;
                readonly description?: string;
                readonly location?: string;
            }[];
        };
        /** @description A change after the sale, such as a refund or a return. */
        readonly Adjustment: {
            readonly id: string;
            readonly type: string;
            /** Format: date-time */
            readonly occurred_at: string;
            /** @description `pending`, `completed`, `failed` or another */
            readonly status: string;
            readonly line_items?: readonly components["schemas"]["LineItemReference"][];
            /** @description In minor units, with tax */
            readonly amount?: number;
            readonly currency?: components["schemas"]["Currency"];
            readonly description?: string;
            readonly reason?: string;
        };
        readonly EstimatedDelivery: {
            /** Format: date-time */
            readonly earliest: string;
            /** Format: date-time */
            readonly latest: string;
        };
        /**
         * @description An update of an order by the merchant's system on the order bus: the current value of each contained member.
         *     Absent members stay unchanged. Of several events the one whose `time` is later wins, and the further status;
         *     a parcel's own log is its time, if the update has one. What cannot be applied is refused with its place in the function's failure
         *     queue; the rest is applied.
         */
        readonly OrderUpdate: {
            /** @description The `id` of the order */
            readonly orderId: string;
            /** @enum {string} */
            readonly status?: "created" | "confirmed" | "manual_review" | "processing" | "shipped" | "completed" | "canceled";
            readonly line_items?: readonly components["schemas"]["OrderLineUpdate"][];
            readonly fulfillments?: readonly components["schemas"]["FulfillmentUpdate"][];
            readonly adjustments?: readonly components["schemas"]["AdjustmentUpdate"][];
            readonly estimated_delivery?: components["schemas"]["EstimatedDelivery"];
            readonly notes?: readonly components["schemas"]["OrderNote"][];
            /** @description Data of the event. A `correlationId` is passed on. `occurredAt` is the event's own time, with milliseconds. */
            readonly meta?: Record<string, never>;
        };
        /** @description What the shop tells the customer about the order; the session shows it as a message. */
        readonly OrderNote: {
            readonly id: string;
            readonly text: string;
        };
        /** @description A line by its id. Members other than `quantity` never change and may be left out. */
        readonly OrderLineUpdate: {
            readonly id: string;
            readonly quantity?: {
                readonly ordered?: number;
                readonly current?: number;
                readonly fulfilled?: number;
            };
            readonly title?: string;
            readonly product_id?: string;
            readonly description?: string;
            readonly image_url?: string;
            readonly url?: string;
            readonly unit_price?: components["schemas"]["Amount"];
            readonly subtotal?: components["schemas"]["Amount"];
            readonly totals?: components["schemas"]["Totals"];
            readonly status?: string;
        };
        /**
         * @description A fulfilment by its id; a new one needs its `type`, which does not change. All of them together, except
         *     failed and canceled ones, have at most the pieces that were ordered.
         */
        readonly FulfillmentUpdate: {
            readonly id: string;
            /** @enum {string} */
            readonly type?: "shipping" | "pickup" | "digital";
            /** @enum {string} */
            readonly status?: "pending" | "processing" | "ready_for_pickup" | "shipped" | "in_transit" | "out_for_delivery" | "failed" | "canceled" | "delivered";
            readonly line_items?: readonly components["schemas"]["LineItemReference"][];
            readonly carrier?: string;
            readonly tracking_number?: string;
            /** Format: uri */
            readonly tracking_url?: string;
            readonly destination?: components["schemas"]["Address"];
            readonly estimated_delivery?: components["schemas"]["EstimatedDelivery"];
            readonly digital_delivery?: {
                /** Format: uri */
                readonly access_url?: string;
                readonly license_key?: string;
                /** Format: date-time */
                readonly expires_at?: string;
            };
            readonly description?: string;
            /** @description Events so far, append-only. */
            readonly events?: readonly {
                readonly id: string;
                readonly type: string;
                /** Format: date-time */
                readonly occurred_at: string;
                readonly description?: string;
                readonly location?: string;
            }[];
        };
        /**
         * @description An adjustment that was made elsewhere than at the payment's provider, whose refunds and disputes the order
         *     shows by themselves. A new one needs `type`, `occurred_at` and `status`, and one of money its `amount`. All
         *     that have not failed together give back at most what was paid. The type does not change, and nothing of a
         *     completed one. Completed cancellations lower `current` of their lines to what was ordered without all pieces
         *     that they name together, unless it is lower; what the order API has canceled may be repeated among these. A
         *     system that does not repeat it states `current` of the line beside an adjustment for further pieces.
         */
        readonly AdjustmentUpdate: {
            readonly id: string;
            /** @enum {string} */
            readonly type?: "refund" | "credit" | "return" | "exchange" | "price_adjustment" | "cancellation" | "dispute";
            /** Format: date-time */
            readonly occurred_at?: string;
            /** @enum {string} */
            readonly status?: "pending" | "completed" | "failed";
            readonly line_items?: readonly components["schemas"]["LineItemReference"][];
            /** @description In minor units, with tax */
            readonly amount?: number;
            readonly currency?: components["schemas"]["Currency"];
            readonly description?: string;
            readonly reason?: string;
        };
        readonly SessionVersions: {
            readonly versions: readonly components["schemas"]["VersionSummary"][];
            /** @description `after` for the rest of the list; absent at its end */
            readonly next?: number;
        };
        readonly VersionSummary: {
            readonly version: components["schemas"]["VersionNumber"];
            readonly status: components["schemas"]["SessionStatus"];
            readonly reason: components["schemas"]["VersionReason"];
            /** Format: date-time */
            readonly timestamp: string;
            /** @description The correlation id of what caused it */
            readonly request_id: string;
            readonly payment?: components["schemas"]["OrderPayment"];
        };
        readonly SessionVersion: {
            readonly version: components["schemas"]["VersionNumber"];
            readonly status: components["schemas"]["SessionStatus"];
            readonly reason: components["schemas"]["VersionReason"];
            /** Format: date-time */
            readonly timestamp: string;
            /** @description The correlation id of what caused it */
            readonly request_id: string;
            readonly payment?: components["schemas"]["OrderPayment"];
            readonly session: components["schemas"]["CheckoutSession"];
            /** @description JSON Patch (RFC 6902) from the session of the version `since` to this one. */
            readonly changes?: readonly components["schemas"]["Change"][];
        };
        /** @description The payment of the order as of a version; absent if nothing was to be paid. */
        readonly OrderPayment: {
            /** @enum {unknown} */
            readonly provider: "sandbox" | "stripe";
            /** @description The provider's id */
            readonly id: string;
            /** @enum {unknown} */
            readonly state: "authorized" | "captured" | "partially_refunded" | "refunded" | "voided";
            /** @description What was to be paid */
            readonly amount: number;
            readonly currency: string;
        };
        readonly VersionNumber: number;
        /** @enum {string} */
        readonly VersionReason: "created" | "updated" | "completion_begun" | "completion_abandoned" | "payment_declined" | "authentication_required" | "repriced" | "completed" | "canceled" | "order_updated";
        readonly Change: {
            /** @enum {string} */
            readonly op: "add" | "remove" | "replace";
            /** @description JSON pointer (RFC 6901) */
            readonly path: string;
            /** @description Absent when removed */
            readonly value?: unknown;
        };
        readonly DiscoveryResponse: {
            readonly protocol: {
                /** @constant */
                readonly name: "acp";
                readonly version: components["schemas"]["VersionDate"];
                /** @description The oldest first. */
                readonly supported_versions: readonly components["schemas"]["VersionDate"][];
                /** Format: uri */
                readonly documentation_url?: string;
            };
            /**
             * Format: uri
             * @description What the paths above are appended to
             */
            readonly api_base_url: string;
            readonly transports: readonly ("rest" | "mcp")[];
            readonly capabilities: {
                readonly services: readonly ("checkout" | "orders" | "delegate_payment" | "carts")[];
                readonly extensions?: readonly {
                    readonly name: string;
                    /** Format: uri */
                    readonly spec?: string;
                    /** Format: uri */
                    readonly schema?: string;
                }[];
                readonly intervention_types?: readonly components["schemas"]["Intervention"][];
                readonly supported_currencies?: readonly components["schemas"]["Currency"][];
                readonly supported_locales?: readonly string[];
            };
        };
        readonly Error: {
            /**
             * @description An error of the client, an internal one, or a temporary one.
             * @enum {string}
             */
            readonly type: "invalid_request" | "processing_error" | "service_unavailable";
            /**
             * @description `invalid`, `missing_required_field`, `invalid_type`, `invalid_item_id`, `idempotency_key_required`,
             *     `idempotency_conflict`, `idempotency_in_flight`, `requires_3ds`, `missing_api_version`,
             *     `unsupported_api_version`, `session_not_found` and others, see the responses above.
             */
            readonly code: string;
            readonly message: string;
            readonly param?: components["schemas"]["Param"];
            /** @description Only with `missing_api_version` and `unsupported_api_version`; the newest first. */
            readonly supported_versions?: readonly components["schemas"]["VersionDate"][];
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

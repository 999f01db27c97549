import { functionsNamed, type Inventory } from "../../parts/inventory.ts";
import { type Alarm, one } from "./alarm.ts";
import { ofBusiness } from "./metric.ts";

const hourMs = 60 * 60 * 1000;

/**
 * What is wrong with feeds.
 * @param leftOutOfFeeds products left out of a feed, from which on an alarm goes off. @default none
 */
export function ofFeeds(inventory: Inventory, leftOutOfFeeds?: number): Alarm[] {
    const isPushing = functionsNamed("feed-push", inventory).length > 0;
    return [
        ...functionsNamed("feed-keep", inventory).flatMap((keep): Alarm[] => [
            {
                name: "feeds-late",
                severity: "P3",
                runbook: "late-feeds",
                says: "A feed tells the products as they were more than 26 hours ago.",
                watches: one(ofBusiness(keep, "FeedAgeMs", "Maximum")),
                goesOff: { above: 26 * hourMs },
                period: 3600,
            },
            ...(isPushing
                ? [
                      {
                          name: "feeds-failing",
                          severity: "P3",
                          runbook: "failing-feeds",
                          says: "The API of a feed has not taken products for an hour.",
                          // Measured with every look at the feeds, however far apart the tries are.
                          watches: one(ofBusiness(keep, "FeedFailingMs", "Maximum")),
                          goesOff: { above: hourMs },
                          period: 3600,
                      } as const,
                      {
                          name: "feeds-behind",
                          severity: "P3",
                          runbook: "late-changes",
                          says: "A change of a product has waited more than two hours to be told to the API of a feed.",
                          watches: one(ofBusiness(keep, "FeedUnsentMs", "Maximum")),
                          goesOff: { above: 2 * hourMs },
                          period: 3600,
                      } as const,
                  ]
                : []),
            ...(leftOutOfFeeds === undefined
                ? []
                : [
                      {
                          name: "feeds-left-out",
                          severity: "P4",
                          runbook: "left-out-products",
                          says: `A feed leaves out ${leftOutOfFeeds} products or more, which lack something.`,
                          watches: one(ofBusiness(keep, "FeedRowsLeftOut", "Maximum")),
                          goesOff: { from: leftOutOfFeeds },
                          period: 3600,
                      } as const,
                  ]),
        ]),
    ];
}

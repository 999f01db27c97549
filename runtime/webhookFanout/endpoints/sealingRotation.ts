import { randomBytes } from "node:crypto";
import { type Rotation, UnfitValue } from "../../shared/rotation.ts";
import { keyLength, masterKeysIn } from "./sealing.ts";

/** A rotation adds a key and makes it the current one; those before it stay, for what they have sealed. */
export const sealingRotation: Rotation = {
    next: (current, id) => {
        const before = current === undefined ? [] : [...masterKeysIn(current).keys];
        const keys = [...before, [id, randomBytes(keyLength)] as const];
        return JSON.stringify({
            current: id,
            keys: Object.fromEntries(keys.map(([keyId, key]) => [keyId, key.toString("base64")])),
        });
    },
    check: (next, current) => {
        const { keys } = masterKeysIn(next);
        const before = current === undefined ? [] : masterKeysIn(current).keys;
        for (const [keyId, key] of before) {
            if (!keys.get(keyId)?.equals(key)) throw new UnfitValue(`the key ${keyId} is gone, and what it has sealed`);
        }
    },
};

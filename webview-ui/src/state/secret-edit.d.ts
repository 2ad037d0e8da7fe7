import type { SecretEdits } from "@bedrock-tiers/protocol";
/** What is to happen to a stored secret. The stored one itself is never here. */
export type SecretEdit<Value> = {
    readonly kind: "keep";
} | {
    readonly kind: "replace";
    readonly value: Value;
} | {
    readonly kind: "remove";
};
export declare const KEEP_SECRET: {
    readonly kind: "keep";
};
export type ApiKeyEdit = SecretEdit<string>;
/** As typed; an empty session token is none. */
export type StaticKeysText = {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
};
export type StaticKeysEdit = SecretEdit<StaticKeysText>;
export declare const NO_STATIC_KEYS: StaticKeysText;
/** A profile's secrets while they are being edited. */
export type SecretsDraft = {
    readonly apiKey: ApiKeyEdit;
    readonly staticKeys: StaticKeysEdit;
};
export declare function sameSecretEdit<Value>(one: SecretEdit<Value>, other: SecretEdit<Value>): boolean;
/** Whether saving would change a secret. A replacement that is still empty changes nothing. */
export declare function changesSecrets(draft: SecretsDraft): boolean;
/** Whether there is no text that waits to become a secret. */
export declare function keepsSecrets({ apiKey, staticKeys }: SecretsDraft): boolean;
/** Whether only a part of the static keys was entered: they are saved together. */
export declare function staticKeysIncomplete({ staticKeys }: SecretsDraft): boolean;
/** The secrets' members of a save message: absent = keep, null = remove. */
export declare function secretMembers({ apiKey, staticKeys }: SecretsDraft): SecretEdits;

import { type OwnPrice } from "@bedrock-tiers/core";
import type { ProfileSettings } from "@bedrock-tiers/protocol";
import { type SecretsDraft } from "./secret-edit";
/** A profile's settings while they are being edited. */
export type SettingsDraft = SecretsDraft & {
    /** The host's settings when the editing began. */
    readonly base: ProfileSettings;
    readonly edited: ProfileSettings;
    /** What was typed into number fields and is no number that fits, by path: kept as typed, never a setting. */
    readonly unreadable: Readonly<Record<string, string>>;
};
/** The draft of settings that nobody touched yet. */
export declare function newDraft(stored: ProfileSettings): SettingsDraft;
/** Settings are plain data in the order of one schema, so their text decides. */
export declare function sameSettings(one: ProfileSettings, other: ProfileSettings): boolean;
/** Whether saving would change anything. A replacement that is still empty changes nothing. */
export declare function isDirty(draft: SettingsDraft, stored: ProfileSettings): boolean;
/** Whether there is nothing to lose: no change, and no text that waits to become one. */
export declare function isUntouched(draft: SettingsDraft, stored: ProfileSettings): boolean;
/** Whether the draft can be saved as it is. Not with text that is no number, an own price that names none, or half a key pair. */
export declare function isSavable(draft: SettingsDraft): boolean;
/** Whether text waits in one of the fields, or in one below, that is no number. */
export declare function isUnread({ unreadable }: SettingsDraft, ...paths: readonly string[]): boolean;
export declare function withUnreadable(draft: SettingsDraft, path: string, text: string): SettingsDraft;
export declare function withoutUnreadable(draft: SettingsDraft, path: string): SettingsDraft;
/** It would take the list's prices away and put nothing in their place. */
export declare function isEmptyPrice(price: OwnPrice): boolean;
/** Whether the host's settings became different from what the editing began with and from what it came to. */
export declare function changedElsewhere(draft: SettingsDraft, stored: ProfileSettings): boolean;

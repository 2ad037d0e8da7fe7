import { type OwnPrice, type SelectableTier } from "@bedrock-tiers/core";
import type { ProfileSettings } from "@bedrock-tiers/protocol";
import type { SettingsDraft } from "./settings-draft";
/** A stored own price can be for a tier that can be chosen only. */
export type StoredOwnPrice = ProfileSettings["ownPrices"][number];
/** The day where the person is, as an ISO date. */
export declare function localDate(now?: Date): string;
/** Tiers for which the model has no own price yet. */
export declare function freeTiers(ownPrices: readonly OwnPrice[], modelId: string): SelectableTier[];
/** Adds one for the model as typed: for the tier that is chosen, else for the first that has none. */
export declare function addOwnPrice(draft: SettingsDraft, today: string): SettingsDraft;
export declare function changeOwnPrice(draft: SettingsDraft, index: number, part: Partial<StoredOwnPrice>, today: string): SettingsDraft;
/** What was typed and could not be read goes with its price; that of later ones moves up with theirs. */
export declare function removeOwnPrice(draft: SettingsDraft, index: number): SettingsDraft;

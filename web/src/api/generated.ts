// Written by `make types` from the description of the interface. Not to be changed by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AlarmOut
         * @description What sounds once it lasts too long: from these figures a page's own clock tells when.
         */
        AlarmOut: {
            /** Quantity */
            quantity: string;
            /** Words */
            words: string;
            /** Since */
            since: string;
            /** Steps S */
            steps_s: number[];
            /** Again S */
            again_s: number;
            /** Source */
            source: string;
            silenced: components["schemas"]["SilencedOut"] | null;
        };
        /**
         * BarOut
         * @description A bar of a histogram.
         */
        BarOut: {
            /** Upto S */
            upto_s: number;
            /** N */
            n: number;
        };
        /**
         * BoardOut
         * @description The whole picture. Entries may be newer than `position`: the feed says them again.
         */
        BoardOut: {
            /** Position */
            position: number;
            /** Epoch */
            epoch: string;
            /** At */
            at: string;
            clock: components["schemas"]["ClockOut"];
            /** Demo */
            demo: boolean;
            region: components["schemas"]["RegionOut"];
            /** Stations */
            stations: components["schemas"]["StationOut"][];
            /** Hospitals */
            hospitals: components["schemas"]["HospitalOnBoardOut"][];
            /** Units */
            units: components["schemas"]["UnitOut"][];
            /** Calls */
            calls: components["schemas"]["CallOnBoardOut"][];
            /** Aid */
            aid: {
                [key: string]: unknown;
            }[];
            measures: components["schemas"]["MeasuresOut"];
            /** Natures */
            natures: components["schemas"]["NatureOut"][];
        };
        /**
         * CallNoteOut
         * @description The note's id.
         */
        CallNoteOut: {
            /** Note */
            note: string;
        };
        /**
         * CallOnBoardOut
         * @description A call.
         */
        CallOnBoardOut: {
            /** Id */
            id: string;
            /** Received At */
            received_at: string;
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Address */
            address: string;
            /** Nature */
            nature: string;
            /** Nature Label */
            nature_label: string;
            /** Priority */
            priority: number;
            /** Patients */
            patients: number;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "assigned" | "on_scene" | "transporting" | "closed";
            /** Units */
            units: components["schemas"]["UnitOnCallOut"][];
            recommendation: components["schemas"]["RecommendationOut"] | null;
            /** First On Scene At */
            first_on_scene_at: string | null;
            /** Stand Down */
            stand_down: components["schemas"]["StandDownOut"][];
            /** Pages */
            pages: components["schemas"]["PageCountOut"][];
            claim: components["schemas"]["ClaimOut"] | null;
            staging: components["schemas"]["StagingOut"] | null;
            /** Co Responders */
            co_responders: components["schemas"]["CoResponderOut"][];
            /** Proposed */
            proposed: components["schemas"]["ProposedOut"][];
            said_safe: components["schemas"]["SaidSafeOut"] | null;
            /** Linked */
            linked: string[];
            /** Split From */
            split_from: string | null;
            /** Place Changed At */
            place_changed_at: string | null;
            /** Closed At */
            closed_at: string | null;
            /** Outcome */
            outcome: string;
            reopened: components["schemas"]["ReopenedOut"] | null;
            /** Hold */
            hold: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * CallOut
         * @description The number that people read out.
         */
        CallOut: {
            /** Call Id */
            call_id: string;
        };
        /**
         * CancelledOut
         * @description Who was cancelled, and who is there and stays.
         */
        CancelledOut: {
            /** Cancelled */
            cancelled: string[];
            /** Stay */
            stay: string[];
        };
        /**
         * ChosenOut
         * @description A unit for a slot, and why it.
         */
        ChosenOut: {
            /** Slot */
            slot: string;
            /** Unit */
            unit: string;
            /** Arrive S */
            arrive_s: number;
            /** Reason */
            reason: string;
            /** Runner Up */
            runner_up: string | null;
            /** Margin S */
            margin_s: number | null;
            /** From Call Id */
            from_call_id: string | null;
            /** Position Age S */
            position_age_s: number | null;
        };
        /**
         * ClaimOut
         * @description Who works on a call, until it ends by itself.
         */
        ClaimOut: {
            /** By */
            by: string;
            /** Since */
            since: string;
            /**
             * Doing
             * @enum {string}
             */
            doing: "working" | "typing";
            /** Until */
            until: string;
        };
        /**
         * ClockOut
         * @description The site's clock.
         */
        ClockOut: {
            /** At */
            at: string;
            /** Speed */
            speed: number;
            /** Paused */
            paused: boolean;
        };
        /**
         * CoResponderOut
         * @description A service that the house does not run, asked for help on the call: a task, never a unit.
         */
        CoResponderOut: {
            /** Request */
            request: string;
            /** Service */
            service: string;
            /** Label */
            label: string;
            /** Words For */
            words_for: string[];
            /** Contact */
            contact: string;
            /** Task */
            task: string;
            /** Task Label */
            task_label: string;
            /** Makes Safe */
            makes_safe: boolean;
            /** Note */
            note: string;
            /** State */
            state: string;
            /** Open */
            open: boolean;
            /** Asked At */
            asked_at: string;
            /** Asked By */
            asked_by: string;
            /** Since */
            since: string;
            /** By */
            by: string;
            /** Said By */
            said_by: string;
            /** Words */
            words: string;
            /** Due At */
            due_at: string | null;
            /** There At */
            there_at: string | null;
            /** Safe At */
            safe_at: string | null;
            alarm: components["schemas"]["AlarmOut"] | null;
        };
        /**
         * CrewChangeOut
         * @description When a crew will count for something else.
         */
        CrewChangeOut: {
            /** At */
            at: string;
            /** Levels */
            levels: string[];
            /** Can Transport */
            can_transport: boolean;
            /** Why */
            why: string;
        };
        /**
         * CrewOut
         * @description What a unit's crew counts for here and now: by level, never by name.
         */
        CrewOut: {
            /** Levels */
            levels: string[];
            /** Aboard */
            aboard: number | null;
            /** Can Transport */
            can_transport: boolean;
            /** Why No Transport */
            why_no_transport: string;
            /** Unconfirmed */
            unconfirmed: string[];
            /** Warnings */
            warnings: string[];
            next_change: components["schemas"]["CrewChangeOut"] | null;
        };
        /**
         * DivertingOut
         * @description That a hospital, or services of it, asks to be passed over, or is slow. `until` "" is without end.
         */
        DivertingOut: {
            /** Services */
            services: string[];
            /** Until */
            until: string;
            /** Reason */
            reason: string;
        };
        /**
         * DraftEntryOut
         * @description A call as it is typed, half words and all.
         */
        DraftEntryOut: {
            /** Call Id */
            call_id: string;
            /** State */
            state: string;
            /** Rang At */
            rang_at: string;
            /** Owner */
            owner: string;
            /** Owned Since */
            owned_since: string;
            /** Version */
            version: number;
            /** Changed At */
            changed_at: string | null;
            /** Changed By */
            changed_by: string;
            /** Reason */
            reason: string;
            /** Fields */
            fields: {
                [key: string]: string | number | null;
            };
        };
        /**
         * DraftOut
         * @description The number that the call will have.
         */
        DraftOut: {
            /** Call Id */
            call_id: string;
        };
        /**
         * FactOut
         * @description One recorded fact, as the log's tail shows it.
         */
        FactOut: {
            /** Position */
            position: number;
            /** Name */
            name: string;
            /** At */
            at: string;
            /** Recorded At */
            recorded_at: string;
            /** Actor */
            actor: string;
            /** Stream */
            stream: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
        };
        /**
         * HospitalOnBoardOut
         * @description A hospital.
         */
        HospitalOnBoardOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Kind */
            kind: string;
            /** Capabilities */
            capabilities: string[];
            diverting: components["schemas"]["DivertingOut"] | null;
            advisory: components["schemas"]["DivertingOut"] | null;
            /** Inbound */
            inbound: number;
            /** At Door */
            at_door: number;
            /** Unanswered */
            unanswered: components["schemas"]["UnansweredOut"][];
        };
        /**
         * MeasuresOut
         * @description The measures of the place's day.
         */
        MeasuresOut: {
            /** Date */
            date: string;
            response: components["schemas"]["ResponseOut"];
            /** By Priority */
            by_priority: components["schemas"]["PriorityMeasureOut"][];
            /** Arrests */
            arrests: {
                [key: string]: unknown;
            };
        };
        /**
         * NatureOut
         * @description What a call can be about.
         */
        NatureOut: {
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Default Priority */
            default_priority: number;
        };
        /**
         * NoteOut
         * @description The note's id.
         */
        NoteOut: {
            /** Note */
            note: string;
        };
        /**
         * NumberOut
         * @description A call's number.
         */
        NumberOut: {
            /** Call Id */
            call_id: string;
        };
        /**
         * PageCountOut
         * @description How far a page to people on call has come: numbers, no names.
         */
        PageCountOut: {
            /** Id */
            id: string;
            /** Call Id */
            call_id: string;
            /** Unit */
            unit: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "enough" | "over";
            /** Because */
            because: string | null;
            /** Opened At */
            opened_at: string;
            /** Paged At */
            paged_at: string;
            /** Round */
            round: number;
            /** Needed */
            needed: number;
            /** Aboard */
            aboard: number;
            /** Accepted */
            accepted: number;
            /** Declined */
            declined: number;
            /** Unanswered */
            unanswered: number;
            /** Soonest S */
            soonest_s: number | null;
            /** Missing */
            missing: string;
            /** Words */
            words: string;
            /** Escalated At */
            escalated_at: string | null;
            /** Next Unit */
            next_unit: string | null;
            alarm: components["schemas"]["AlarmOut"] | null;
        };
        /**
         * PassedOverOut
         * @description A unit that is not sent, and why.
         */
        PassedOverOut: {
            /** Unit */
            unit: string;
            /** Why */
            why: string;
        };
        /**
         * PositionOut
         * @description Where a unit is, and how that is known.
         */
        PositionOut: {
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** At */
            at: string;
            /**
             * Source
             * @enum {string}
             */
            source: "reported" | "estimated";
            /** Age S */
            age_s: number;
            /** Accuracy M */
            accuracy_m: number | null;
            /** Reported At */
            reported_at: string | null;
        };
        /**
         * PriorityMeasureOut
         * @description The day's response times of a priority, and the share within its target.
         */
        PriorityMeasureOut: {
            /** Priority */
            priority: number;
            /** N */
            n: number;
            /** Median S */
            median_s: number | null;
            /** P90 S */
            p90_s: number | null;
            /** Target S */
            target_s: number | null;
            /** Within */
            within: number | null;
        };
        /**
         * ProposedOut
         * @description A co-responder that a dated plan proposes for the call and nobody asked.
         */
        ProposedOut: {
            /** Service */
            service: string;
            /** Label */
            label: string;
            /** Task */
            task: string;
            /** Task Label */
            task_label: string;
            /** Stage */
            stage: boolean;
            /** Plan */
            plan: string;
            /** Source */
            source: string;
        };
        /**
         * RecommendationOut
         * @description Who should go, and why. Times are ISO-8601 in UTC.
         */
        RecommendationOut: {
            /** Policy */
            policy: string;
            /** Plan */
            plan: string;
            /** At */
            at: string;
            /** Chosen */
            chosen: components["schemas"]["ChosenOut"][];
            /** Passed Over */
            passed_over: components["schemas"]["PassedOverOut"][];
            /** Shortfalls */
            shortfalls: components["schemas"]["ShortfallOut"][];
        };
        /**
         * Refusal
         * @description Why something was not done, and what to do.
         */
        Refusal: {
            /** Code */
            code: string;
            /** What */
            what: string;
            /** Do */
            do: string;
        };
        /**
         * RegionOut
         * @description Where this is.
         */
        RegionOut: {
            /** Name */
            name: string;
            /** Time Zone */
            time_zone: string;
            /** Bounds */
            bounds: [
                number,
                number,
                number,
                number
            ];
            /** Centre */
            centre: [
                number,
                number
            ];
            /** Jurisdiction */
            jurisdiction: string;
            /** Layers */
            layers: string[];
            /** Attribution */
            attribution: string;
        };
        /**
         * ReopenedOut
         * @description That a call was opened again.
         */
        ReopenedOut: {
            /** At */
            at: string;
            /** By */
            by: string;
            /** Reason */
            reason: string;
        };
        /**
         * ResponseOut
         * @description The day's response times, from the first ring to the first unit on scene.
         */
        ResponseOut: {
            /** N */
            n: number;
            /** Median S */
            median_s: number | null;
            /** P90 S */
            p90_s: number | null;
            /** Histogram */
            histogram: components["schemas"]["BarOut"][];
        };
        /**
         * RouteOut
         * @description The way a unit is on.
         */
        RouteOut: {
            /** Started At */
            started_at: string;
            /** Points */
            points: [
                number,
                number,
                number
            ][];
            /** To */
            to: string;
            /** Arrive At */
            arrive_at: string;
        };
        /**
         * SaidSafeOut
         * @description Who said that the scene is safe, where units wait: that they enter is offered, and confirmed by a person.
         */
        SaidSafeOut: {
            /** Label */
            label: string;
            /** At */
            at: string;
            /** Said By */
            said_by: string;
        };
        /**
         * ShortfallOut
         * @description A slot that is not filled as it should be, and why.
         */
        ShortfallOut: {
            /** Slot */
            slot: string;
            /** Why */
            why: string;
            /** Required */
            required: boolean;
        };
        /**
         * SilencedOut
         * @description That somebody acknowledged an alarm.
         */
        SilencedOut: {
            /** Step */
            step: number;
            /** By */
            by: string;
            /** At */
            at: string;
        };
        /**
         * StagingOut
         * @description Where the units of a call wait, away from the scene.
         */
        StagingOut: {
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Where */
            where: string;
            /** Reason */
            reason: string;
            /** Label */
            label: string;
            /** Note */
            note: string;
            /** Since */
            since: string;
            /** By */
            by: string;
        };
        /**
         * StandDownOut
         * @description A unit that is on its way and no longer needed, and why.
         */
        StandDownOut: {
            /** Unit */
            unit: string;
            /** Why */
            why: string;
        };
        /**
         * StationOut
         * @description A station.
         */
        StationOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Kind */
            kind: string;
        };
        /**
         * Status
         * @description What a unit is doing, as the board shows it.
         * @enum {string}
         */
        Status: "available" | "notified" | "en_route" | "at_scene" | "transporting" | "at_hospital" | "returning" | "out_of_service";
        /**
         * SuggestionOut
         * @description That a unit seems to have arrived: a person confirms it.
         */
        SuggestionOut: {
            /** Stamp */
            stamp: string;
            /** Call Id */
            call_id: string;
            /** Since */
            since: string;
            /** What */
            what: string;
        };
        /**
         * UnansweredOut
         * @description A pre-alert that nobody at the hospital has seen.
         */
        UnansweredOut: {
            /** Call Id */
            call_id: string;
            /** Unit */
            unit: string;
            /** Kind */
            kind: string;
            /** Sent At */
            sent_at: string;
        };
        /**
         * UnitOnCallOut
         * @description A unit that was sent to a call, with its times there.
         */
        UnitOnCallOut: {
            /** Unit */
            unit: string;
            /** Slot */
            slot: string;
            /** Stamps */
            stamps: {
                [key: string]: string;
            };
            /** Retargeted At */
            retargeted_at: string | null;
        };
        /**
         * UnitOut
         * @description A unit.
         */
        UnitOut: {
            /** Id */
            id: string;
            /** Call Sign */
            call_sign: string;
            /** Agency */
            agency: string;
            /** Type */
            type: string;
            /** Station */
            station: string;
            /** Can Transport */
            can_transport: boolean;
            status: components["schemas"]["Status"];
            /** Mark */
            mark: string;
            /** Since */
            since: string;
            /** Call Id */
            call_id: string | null;
            position: components["schemas"]["PositionOut"] | null;
            route: components["schemas"]["RouteOut"] | null;
            /** Destination */
            destination: string | null;
            crew: components["schemas"]["CrewOut"];
            suggestion: components["schemas"]["SuggestionOut"] | null;
            /** Signals */
            signals: {
                [key: string]: unknown;
            } | null;
            /** Alarm */
            alarm: {
                [key: string]: unknown;
            } | null;
            /** Post */
            post: string | null;
            /** Lent */
            lent: {
                [key: string]: unknown;
            } | null;
            /**
             * Gone
             * @default false
             */
            gone?: boolean;
        };
        /**
         * VersionOut
         * @description The version that this change made.
         */
        VersionOut: {
            /** Version */
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AlarmOut = components['schemas']['AlarmOut'];
export type BarOut = components['schemas']['BarOut'];
export type BoardOut = components['schemas']['BoardOut'];
export type CallNoteOut = components['schemas']['CallNoteOut'];
export type CallOnBoardOut = components['schemas']['CallOnBoardOut'];
export type CallOut = components['schemas']['CallOut'];
export type CancelledOut = components['schemas']['CancelledOut'];
export type ChosenOut = components['schemas']['ChosenOut'];
export type ClaimOut = components['schemas']['ClaimOut'];
export type ClockOut = components['schemas']['ClockOut'];
export type CoResponderOut = components['schemas']['CoResponderOut'];
export type CrewChangeOut = components['schemas']['CrewChangeOut'];
export type CrewOut = components['schemas']['CrewOut'];
export type DivertingOut = components['schemas']['DivertingOut'];
export type DraftEntryOut = components['schemas']['DraftEntryOut'];
export type DraftOut = components['schemas']['DraftOut'];
export type FactOut = components['schemas']['FactOut'];
export type HospitalOnBoardOut = components['schemas']['HospitalOnBoardOut'];
export type MeasuresOut = components['schemas']['MeasuresOut'];
export type NatureOut = components['schemas']['NatureOut'];
export type NoteOut = components['schemas']['NoteOut'];
export type NumberOut = components['schemas']['NumberOut'];
export type PageCountOut = components['schemas']['PageCountOut'];
export type PassedOverOut = components['schemas']['PassedOverOut'];
export type PositionOut = components['schemas']['PositionOut'];
export type PriorityMeasureOut = components['schemas']['PriorityMeasureOut'];
export type ProposedOut = components['schemas']['ProposedOut'];
export type RecommendationOut = components['schemas']['RecommendationOut'];
export type Refusal = components['schemas']['Refusal'];
export type RegionOut = components['schemas']['RegionOut'];
export type ReopenedOut = components['schemas']['ReopenedOut'];
export type ResponseOut = components['schemas']['ResponseOut'];
export type RouteOut = components['schemas']['RouteOut'];
export type SaidSafeOut = components['schemas']['SaidSafeOut'];
export type ShortfallOut = components['schemas']['ShortfallOut'];
export type SilencedOut = components['schemas']['SilencedOut'];
export type StagingOut = components['schemas']['StagingOut'];
export type StandDownOut = components['schemas']['StandDownOut'];
export type StationOut = components['schemas']['StationOut'];
export type Status = components['schemas']['Status'];
export type SuggestionOut = components['schemas']['SuggestionOut'];
export type UnansweredOut = components['schemas']['UnansweredOut'];
export type UnitOnCallOut = components['schemas']['UnitOnCallOut'];
export type UnitOut = components['schemas']['UnitOut'];
export type VersionOut = components['schemas']['VersionOut'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

// Written by `make types` from the description of the interface. Not to be changed by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AidRequestOut
         * @description The request's id.
         */
        AidRequestOut: {
            /** Request */
            request: string;
        };
        /**
         * AnswerKeyOut
         * @description An answer, and the digit that is pressed for it.
         */
        AnswerKeyOut: {
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Press */
            press: string;
        };
        /**
         * ApprovalOut
         * @description Who stands for words, from a day until a day; `same_words` false where they were changed since.
         */
        ApprovalOut: {
            /** By */
            by: string;
            /** Start */
            start: string;
            /** Until */
            until: string;
            /** Same Words */
            same_words: boolean;
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
         * BareAnswerOut
         * @description What was answered.
         */
        BareAnswerOut: {
            /** Question */
            question: string;
            /** Answer */
            answer: string;
            /** At */
            at: string;
            /** By */
            by: string;
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
         * CallbackOut
         * @description That somebody rang a caller back.
         */
        CallbackOut: {
            /** At */
            at: string;
            /** By */
            by: string;
            /** Outcome */
            outcome: string;
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
         * CardNameOut
         * @description A card that can be picked.
         */
        CardNameOut: {
            /** Id */
            id: string;
            /** Label */
            label: string;
        };
        /**
         * CardOut
         * @description The card that is asked from.
         */
        CardOut: {
            /** Id */
            id: string;
            /** Label */
            label: string;
            /** Version */
            version: string;
            /** Training */
            training: boolean;
        };
        /**
         * ChecklistOut
         * @description A checklist, and who stands for it.
         */
        ChecklistOut: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Version */
            version: string;
            /** Training */
            training: boolean;
            /** Approved By */
            approved_by: string;
            /** Source */
            source: string;
            /** Items */
            items: components["schemas"]["ItemOut"][];
        };
        /**
         * ChecklistsOut
         * @description The checklists in force today.
         */
        ChecklistsOut: {
            /** Checklists */
            checklists: components["schemas"]["ChecklistOut"][];
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
         * DeterminantOut
         * @description What the answers come to.
         */
        DeterminantOut: {
            /** Id */
            id: string;
            /** Label */
            label: string;
            /** Priority */
            priority: number;
            /** Response */
            response: string;
            /** Nature */
            nature: string;
            /** Card Version */
            card_version: string;
        };
        /**
         * DispositionKindOut
         * @description What can be done about a call beside sending units.
         */
        DispositionKindOut: {
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Ends */
            ends: boolean;
            /** To */
            to: boolean;
            /** Follow Up */
            follow_up: boolean;
        };
        /**
         * DispositionsOut
         * @description The kinds that there are, and what was given.
         */
        DispositionsOut: {
            /** Kinds */
            kinds: components["schemas"]["DispositionKindOut"][];
            /** Given */
            given: components["schemas"]["GivenOut"][];
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
                [key: string]: string | boolean | number | null;
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
         * DueOut
         * @description A follow-up, and whether it should have been done by now.
         */
        DueOut: {
            /** Follow Up */
            follow_up: string;
            /** Call Id */
            call_id: string;
            /** Kind */
            kind: string;
            /** Due At */
            due_at: string;
            /** Note */
            note: string;
            /** By */
            by: string;
            /** Done At */
            done_at: string | null;
            /** Done By */
            done_by: string;
            /** Outcome */
            outcome: string;
            /** Done Note */
            done_note: string;
            /** Overdue */
            overdue: boolean;
        };
        /**
         * EarlierCallOut
         * @description A closed call at a place.
         */
        EarlierCallOut: {
            /** Call Id */
            call_id: string;
            /** Received At */
            received_at: string;
            /** Nature */
            nature: string;
            /** Priority */
            priority: number;
            /** Outcome */
            outcome: string;
            /** Distance M */
            distance_m: number;
        };
        /**
         * EarlierOut
         * @description How many calls there were at a place in so many months, and the latest of them.
         */
        EarlierOut: {
            /** Months */
            months: number;
            /** Count */
            count: number;
            /** Calls */
            calls: components["schemas"]["EarlierCallOut"][];
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
         * FollowUpOut
         * @description What somebody is to see to again.
         */
        FollowUpOut: {
            /** Follow Up */
            follow_up: string;
            /** Call Id */
            call_id: string;
            /** Kind */
            kind: string;
            /** Due At */
            due_at: string;
            /** Note */
            note: string;
            /** By */
            by: string;
            /** Done At */
            done_at: string | null;
            /** Done By */
            done_by: string;
            /** Outcome */
            outcome: string;
            /** Done Note */
            done_note: string;
        };
        /**
         * FoundPlaceOut
         * @description A place that may be meant.
         */
        FoundPlaceOut: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "address" | "street" | "crossing" | "place" | "coordinates";
            /** Label */
            label: string;
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Municipality */
            municipality: string;
            /** Street */
            street: string;
            /** Number */
            number: number | null;
            /** Exact */
            exact: boolean;
            /** Note */
            note: string;
            /** Score */
            score: number;
            /** Distance M */
            distance_m: number | null;
        };
        /**
         * GivenAnswerOut
         * @description What was answered, with the words of the card where there is one.
         */
        GivenAnswerOut: {
            /** Question */
            question: string;
            /** Answer */
            answer: string;
            /** At */
            at: string;
            /** By */
            by: string;
            /**
             * Card
             * @default
             */
            card?: string;
            /**
             * Ask
             * @default
             */
            ask?: string;
            /**
             * Label
             * @default
             */
            label?: string;
            /**
             * Former
             * @default []
             */
            former?: components["schemas"]["BareAnswerOut"][];
        };
        /**
         * GivenOut
         * @description What was done about a call beside sending units.
         */
        GivenOut: {
            /** Call Id */
            call_id: string;
            /** Kind */
            kind: string;
            /** Label */
            label: string;
            /** To */
            to: string;
            /** Note */
            note: string;
            /** At */
            at: string;
            /** By */
            by: string;
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
         * InterpreterOut
         * @description The interpreter of a call.
         */
        InterpreterOut: {
            /** Language */
            language: string;
            /** Wanted At */
            wanted_at: string | null;
            /** Joined At */
            joined_at: string | null;
        };
        /**
         * ItemOut
         * @description An item of a checklist.
         */
        ItemOut: {
            /** Key */
            key: string;
            /** Say */
            say: string;
        };
        /**
         * KeyOut
         * @description A choice: its key, and what people read.
         */
        KeyOut: {
            /** Key */
            key: string;
            /** Label */
            label: string;
        };
        /**
         * KnownCallOut
         * @description All that is known of a call. Of one that is still a draft there is nothing between `call_id` and `draft`.
         */
        KnownCallOut: {
            /** Call Id */
            call_id: string;
            /**
             * Received At
             * @default
             */
            received_at?: string;
            /** Sent At */
            sent_at?: string | null;
            /**
             * Lon
             * @default 0
             */
            lon?: number;
            /**
             * Lat
             * @default 0
             */
            lat?: number;
            /**
             * Address
             * @default
             */
            address?: string;
            /**
             * Nature
             * @default
             */
            nature?: string;
            /**
             * Said Nature
             * @default
             */
            said_nature?: string;
            /**
             * Priority
             * @default 0
             */
            priority?: number;
            /** Closed At */
            closed_at?: string | null;
            /**
             * Outcome
             * @default
             */
            outcome?: string;
            /**
             * Version
             * @default 0
             */
            version?: number;
            /** Changed At */
            changed_at?: string | null;
            /**
             * Changed By
             * @default
             */
            changed_by?: string;
            /**
             * Details
             * @default {}
             */
            details?: {
                [key: string]: string | boolean | number | null;
            };
            draft: components["schemas"]["DraftEntryOut"] | null;
            triage: components["schemas"]["TriagedOut"] | null;
            /** Locations */
            locations: components["schemas"]["LocationOut"][];
            /** Texts */
            texts: components["schemas"]["TextLineOut"][];
            interpreter: components["schemas"]["InterpreterOut"] | null;
            /** Same As */
            same_as: string | null;
            /** Duplicates */
            duplicates: components["schemas"]["SameCallOut"][];
            disposition: components["schemas"]["GivenOut"] | null;
            /** Follow Ups */
            follow_ups: components["schemas"]["FollowUpOut"][];
            /** Callbacks */
            callbacks: components["schemas"]["CallbackOut"][];
        };
        /**
         * LentOut
         * @description A kind of unit that a neighbour lends, and what that leaves it.
         */
        LentOut: {
            /** Type */
            type: string;
            /** Has */
            has: number;
            /** Left */
            left: number;
            /** Keeps */
            keeps: number;
            /** Cover */
            cover: string;
            /** Levels */
            levels: string[];
            /** Scope */
            scope: components["schemas"]["ScopeHereOut"][];
        };
        /**
         * LineOut
         * @description A line of a timeline: a fact, or several of one person in a row.
         */
        LineOut: {
            /** Position */
            position: number;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** At */
            at: string;
            /** Until */
            until: string | null;
            /** Times */
            times: number;
            /** Actor */
            actor: string;
            /** Stream */
            stream: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /** Late */
            late: boolean;
            struck: components["schemas"]["StruckOut"] | null;
        };
        /**
         * LocationOut
         * @description Where a phone said it is; `off_m` is how far that is from where the call is taken for.
         */
        LocationOut: {
            /** At */
            at: string;
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Accuracy M */
            accuracy_m: number | null;
            /** Source */
            source: string;
            /** Off M */
            off_m: number | null;
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
         * MoveOut
         * @description A free unit that could wait at another post; shares of the expected calls, and the drive there in seconds.
         */
        MoveOut: {
            /** Unit */
            unit: string;
            /** Post */
            post: string;
            /** Wins */
            wins: number;
            /** Costs */
            costs: number;
            /** After */
            after: number;
            /** Drive S */
            drive_s: number;
        };
        /**
         * MoveUpOut
         * @description Who could move where now; where that cannot be counted, why.
         */
        MoveUpOut: {
            /** At */
            at: string;
            /** Why Not */
            why_not: string;
            /** Covered */
            covered: number | null;
            /** Drive S */
            drive_s: number | null;
            /** Source */
            source: string;
            /** Free */
            free: number;
            /** Moves */
            moves: components["schemas"]["MoveOut"][];
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
         * NearCallOut
         * @description An open call near a place, and how many minutes ago it rang.
         */
        NearCallOut: {
            /** Call Id */
            call_id: string;
            /** Received At */
            received_at: string;
            /** Nature */
            nature: string;
            /** Priority */
            priority: number;
            /** Patients */
            patients: number;
            /** Address */
            address: string;
            /** Distance M */
            distance_m: number;
            /** Minutes */
            minutes: number;
        };
        /**
         * NearDraftOut
         * @description A call that is being typed, near a place.
         */
        NearDraftOut: {
            /** Call Id */
            call_id: string;
            /** Owner */
            owner: string;
            /** Rang At */
            rang_at: string;
            /** Nature */
            nature: string;
            /** Distance M */
            distance_m: number;
            /** Minutes */
            minutes: number;
        };
        /**
         * NeighbourOut
         * @description A neighbour by agreement.
         */
        NeighbourOut: {
            /** Neighbour */
            neighbour: string;
            /** Name */
            name: string;
            /** Contact */
            contact: string;
            /** Place */
            place: string;
            /** Costs */
            costs: string;
            /** Agreement */
            agreement: string;
            /** Source */
            source: string;
            /** Lends */
            lends: components["schemas"]["LentOut"][];
        };
        /**
         * NeighboursOut
         * @description Whom a call can ask for a unit.
         */
        NeighboursOut: {
            /** Neighbours */
            neighbours: components["schemas"]["NeighbourOut"][];
        };
        /**
         * NoteOnCallOut
         * @description A note of a call.
         */
        NoteOnCallOut: {
            /** Note */
            note: string;
            /** Call Id */
            call_id: string;
            /** At */
            at: string;
            /** By */
            by: string;
            /**
             * Shown To
             * @enum {string}
             */
            shown_to: "desk" | "crews" | "hospital";
            /** Text */
            text: string;
            struck: components["schemas"]["StruckOut"] | null;
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
         * PlacesOut
         * @description The places that may be meant, the likeliest first.
         */
        PlacesOut: {
            /** Q */
            q: string;
            /** Ambiguous */
            ambiguous: boolean;
            /** Ask */
            ask: string;
            /** Places */
            places: components["schemas"]["FoundPlaceOut"][];
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
         * PremiseNoteOut
         * @description What matters at a place.
         */
        PremiseNoteOut: {
            /** Note */
            note: string;
            /** Kind */
            kind: string;
            /** Text */
            text: string;
            /** Address */
            address: string;
            /** Author */
            author: string;
            /** At */
            at: string;
            /** Until */
            until: string | null;
            /** Distance M */
            distance_m: number;
        };
        /**
         * PremiseOut
         * @description What is known of a place, and which open calls are near it.
         */
        PremiseOut: {
            /** Notes */
            notes: components["schemas"]["PremiseNoteOut"][];
            earlier: components["schemas"]["EarlierOut"];
            /** Nearby */
            nearby: components["schemas"]["NearCallOut"][];
            /** Drafts */
            drafts: components["schemas"]["NearDraftOut"][];
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
         * ProtocolOut
         * @description The cards, scripts and checklists in force on a day.
         */
        ProtocolOut: {
            /** Day */
            day: string;
            /** Hash */
            hash: string;
            /** Training Allowed */
            training_allowed: boolean;
            /** Items */
            items: components["schemas"]["WordedOut"][];
        };
        /**
         * QuestionOut
         * @description The next question.
         */
        QuestionOut: {
            /** Key */
            key: string;
            /** Ask */
            ask: string;
            /** Help */
            help: string;
            /** Answers */
            answers: components["schemas"]["AnswerKeyOut"][];
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
         * ReviewOut
         * @description A call that is listened to again; what was found, once it was reviewed.
         */
        ReviewOut: {
            /** Call Id */
            call_id: string;
            /** Why */
            why: string;
            /** Listed At */
            listed_at: string;
            /** Received At */
            received_at: string | null;
            /** Nature */
            nature: string;
            /** Closed At */
            closed_at: string | null;
            /** Determinant */
            determinant: string;
            /** Recognition S */
            recognition_s: number | null;
            /** First Compression S */
            first_compression_s: number | null;
            /** Reviewed At */
            reviewed_at: string | null;
            /** Reviewed By */
            reviewed_by: string;
            /**
             * Findings
             * @default {}
             */
            findings?: {
                [key: string]: string | boolean | number | null;
            };
            /**
             * Note
             * @default
             */
            note?: string;
        };
        /**
         * RingBackOut
         * @description A call whose caller is to be rung back, and who tried.
         */
        RingBackOut: {
            /** Call Id */
            call_id: string;
            /** Kind */
            kind: string;
            /** Label */
            label: string;
            /** To */
            to: string;
            /** Note */
            note: string;
            /** At */
            at: string;
            /** By */
            by: string;
            /** Callback */
            callback: string;
            /** Attempts */
            attempts: components["schemas"]["CallbackOut"][];
            /** Reached */
            reached: boolean;
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
         * SameCallOut
         * @description A call that is about the same.
         */
        SameCallOut: {
            /** Call Id */
            call_id: string;
            /** At */
            at: string;
            /** By */
            by: string;
            /** Reason */
            reason: string;
        };
        /**
         * ScopeHereOut
         * @description Whether a neighbour's crews of a level may practise here, and why.
         */
        ScopeHereOut: {
            /** Level */
            level: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "allow" | "deny" | "unknown";
            /** Why */
            why: string;
        };
        /**
         * ScriptOut
         * @description What the caller is told now; `step` null at its end.
         */
        ScriptOut: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /** Version */
            version: string;
            /** Training */
            training: boolean;
            /** Step */
            step: string | null;
            /** Stopped At */
            stopped_at: string | null;
            /** Steps */
            steps: components["schemas"]["ScriptStepOut"][];
        };
        /**
         * ScriptStepOut
         * @description What the caller is told, and whether it was.
         */
        ScriptStepOut: {
            /** Key */
            key: string;
            /** Say */
            say: string;
            /** Answers */
            answers: components["schemas"]["AnswerKeyOut"][];
            /** Goes */
            goes: {
                [key: string]: string;
            };
            /** Leads To */
            leads_to: string | null;
            /** Metronome */
            metronome: number | null;
            /** Stamps */
            stamps: string | null;
            /** Waits */
            waits: boolean;
            /** Told At */
            told_at: string | null;
            /** Answer */
            answer: string;
        };
        /**
         * ServiceOut
         * @description A service that the house does not run, and what it can be asked for.
         */
        ServiceOut: {
            /** Key */
            key: string;
            /** Label */
            label: string;
            /** Words */
            words: string[];
            /** Contact */
            contact: string;
            /** Tasks */
            tasks: components["schemas"]["KeyOut"][];
        };
        /**
         * ServicesOut
         * @description Whom a call can ask for help.
         */
        ServicesOut: {
            /** Services */
            services: components["schemas"]["ServiceOut"][];
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
         * StagingReasonsOut
         * @description Why units may be told to wait, and how far from the scene, in metres.
         */
        StagingReasonsOut: {
            /** Apart M */
            apart_m: number;
            /** Reasons */
            reasons: components["schemas"]["KeyOut"][];
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
         * StruckOut
         * @description That an entry was declared wrong.
         */
        StruckOut: {
            /** At */
            at: string;
            /** By */
            by: string;
            /** Reason */
            reason: string;
        };
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
         * TextLineOut
         * @description One line of a conversation in text messages: `in` from the caller, `out` to the caller.
         */
        TextLineOut: {
            /** At */
            at: string;
            /** By */
            by: string;
            /** Direction */
            direction: string;
            /** Text */
            text: string;
        };
        /**
         * TimelineOut
         * @description Everything that happened on a call, in the order in which it happened.
         */
        TimelineOut: {
            /** Call Id */
            call_id: string;
            /** Late S */
            late_s: number;
            /** Entries */
            entries: components["schemas"]["LineOut"][];
        };
        /**
         * TriageOut
         * @description Where the questions of a call stand. Without `available` nothing can be asked here, and `what` says why.
         */
        TriageOut: {
            /** Call Id */
            call_id: string;
            /** Available */
            available: boolean;
            /**
             * What
             * @default
             */
            what?: string;
            /**
             * Do
             * @default
             */
            do?: string;
            /**
             * Training
             * @default false
             */
            training?: boolean;
            /**
             * Rules Hash
             * @default
             */
            rules_hash?: string;
            /** Age Group */
            age_group: string;
            card?: components["schemas"]["CardOut"] | null;
            /**
             * Picked
             * @default
             */
            picked?: string;
            question?: components["schemas"]["QuestionOut"] | null;
            /** Answers */
            answers: components["schemas"]["GivenAnswerOut"][];
            determinant?: components["schemas"]["DeterminantOut"] | null;
            /**
             * Recognised
             * @default []
             */
            recognised?: string[];
            script?: components["schemas"]["ScriptOut"] | null;
            /**
             * Cards
             * @default []
             */
            cards?: components["schemas"]["CardNameOut"][];
            /** Recognised At */
            recognised_at: string | null;
            /** First Compression At */
            first_compression_at: string | null;
        };
        /**
         * TriagedOut
         * @description What triage of a call came to.
         */
        TriagedOut: {
            /** Determinant */
            determinant: string;
            /** Label */
            label: string;
            /** Priority */
            priority: number | null;
            /** Response */
            response: string;
            /** Training */
            training: boolean;
            /** Recognised At */
            recognised_at: string | null;
            /** First Compression At */
            first_compression_at: string | null;
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
        /**
         * WordedOut
         * @description A card, script or checklist in force, and the hash of its words.
         */
        WordedOut: {
            /** Name */
            name: string;
            /** Label */
            label: string;
            /** Version */
            version: string;
            /** Tier */
            tier: string;
            /** Source */
            source: string;
            /** Words */
            words: string;
            /** Approved */
            approved: boolean;
            approval: components["schemas"]["ApprovalOut"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AidRequestOut = components['schemas']['AidRequestOut'];
export type AnswerKeyOut = components['schemas']['AnswerKeyOut'];
export type ApprovalOut = components['schemas']['ApprovalOut'];
export type BarOut = components['schemas']['BarOut'];
export type BareAnswerOut = components['schemas']['BareAnswerOut'];
export type BoardOut = components['schemas']['BoardOut'];
export type CallNoteOut = components['schemas']['CallNoteOut'];
export type CallOnBoardOut = components['schemas']['CallOnBoardOut'];
export type CallOut = components['schemas']['CallOut'];
export type CallbackOut = components['schemas']['CallbackOut'];
export type CancelledOut = components['schemas']['CancelledOut'];
export type CardNameOut = components['schemas']['CardNameOut'];
export type CardOut = components['schemas']['CardOut'];
export type ChecklistOut = components['schemas']['ChecklistOut'];
export type ChecklistsOut = components['schemas']['ChecklistsOut'];
export type ChosenOut = components['schemas']['ChosenOut'];
export type ClaimOut = components['schemas']['ClaimOut'];
export type ClockOut = components['schemas']['ClockOut'];
export type CoResponderOut = components['schemas']['CoResponderOut'];
export type CrewChangeOut = components['schemas']['CrewChangeOut'];
export type CrewOut = components['schemas']['CrewOut'];
export type DeterminantOut = components['schemas']['DeterminantOut'];
export type DispositionKindOut = components['schemas']['DispositionKindOut'];
export type DispositionsOut = components['schemas']['DispositionsOut'];
export type DivertingOut = components['schemas']['DivertingOut'];
export type DraftEntryOut = components['schemas']['DraftEntryOut'];
export type DraftOut = components['schemas']['DraftOut'];
export type DueOut = components['schemas']['DueOut'];
export type EarlierCallOut = components['schemas']['EarlierCallOut'];
export type EarlierOut = components['schemas']['EarlierOut'];
export type FactOut = components['schemas']['FactOut'];
export type FollowUpOut = components['schemas']['FollowUpOut'];
export type FoundPlaceOut = components['schemas']['FoundPlaceOut'];
export type GivenAnswerOut = components['schemas']['GivenAnswerOut'];
export type GivenOut = components['schemas']['GivenOut'];
export type HospitalOnBoardOut = components['schemas']['HospitalOnBoardOut'];
export type InterpreterOut = components['schemas']['InterpreterOut'];
export type ItemOut = components['schemas']['ItemOut'];
export type KeyOut = components['schemas']['KeyOut'];
export type KnownCallOut = components['schemas']['KnownCallOut'];
export type LentOut = components['schemas']['LentOut'];
export type LineOut = components['schemas']['LineOut'];
export type LocationOut = components['schemas']['LocationOut'];
export type MeasuresOut = components['schemas']['MeasuresOut'];
export type MoveOut = components['schemas']['MoveOut'];
export type MoveUpOut = components['schemas']['MoveUpOut'];
export type NatureOut = components['schemas']['NatureOut'];
export type NearCallOut = components['schemas']['NearCallOut'];
export type NearDraftOut = components['schemas']['NearDraftOut'];
export type NeighbourOut = components['schemas']['NeighbourOut'];
export type NeighboursOut = components['schemas']['NeighboursOut'];
export type NoteOnCallOut = components['schemas']['NoteOnCallOut'];
export type NoteOut = components['schemas']['NoteOut'];
export type NumberOut = components['schemas']['NumberOut'];
export type PageCountOut = components['schemas']['PageCountOut'];
export type PassedOverOut = components['schemas']['PassedOverOut'];
export type PlacesOut = components['schemas']['PlacesOut'];
export type PositionOut = components['schemas']['PositionOut'];
export type PremiseNoteOut = components['schemas']['PremiseNoteOut'];
export type PremiseOut = components['schemas']['PremiseOut'];
export type PriorityMeasureOut = components['schemas']['PriorityMeasureOut'];
export type ProposedOut = components['schemas']['ProposedOut'];
export type ProtocolOut = components['schemas']['ProtocolOut'];
export type QuestionOut = components['schemas']['QuestionOut'];
export type RecommendationOut = components['schemas']['RecommendationOut'];
export type Refusal = components['schemas']['Refusal'];
export type RegionOut = components['schemas']['RegionOut'];
export type ReopenedOut = components['schemas']['ReopenedOut'];
export type ResponseOut = components['schemas']['ResponseOut'];
export type ReviewOut = components['schemas']['ReviewOut'];
export type RingBackOut = components['schemas']['RingBackOut'];
export type RouteOut = components['schemas']['RouteOut'];
export type SaidSafeOut = components['schemas']['SaidSafeOut'];
export type SameCallOut = components['schemas']['SameCallOut'];
export type ScopeHereOut = components['schemas']['ScopeHereOut'];
export type ScriptOut = components['schemas']['ScriptOut'];
export type ScriptStepOut = components['schemas']['ScriptStepOut'];
export type ServiceOut = components['schemas']['ServiceOut'];
export type ServicesOut = components['schemas']['ServicesOut'];
export type ShortfallOut = components['schemas']['ShortfallOut'];
export type StagingOut = components['schemas']['StagingOut'];
export type StagingReasonsOut = components['schemas']['StagingReasonsOut'];
export type StandDownOut = components['schemas']['StandDownOut'];
export type StationOut = components['schemas']['StationOut'];
export type Status = components['schemas']['Status'];
export type StruckOut = components['schemas']['StruckOut'];
export type SuggestionOut = components['schemas']['SuggestionOut'];
export type TextLineOut = components['schemas']['TextLineOut'];
export type TimelineOut = components['schemas']['TimelineOut'];
export type TriageOut = components['schemas']['TriageOut'];
export type TriagedOut = components['schemas']['TriagedOut'];
export type UnansweredOut = components['schemas']['UnansweredOut'];
export type UnitOnCallOut = components['schemas']['UnitOnCallOut'];
export type UnitOut = components['schemas']['UnitOut'];
export type VersionOut = components['schemas']['VersionOut'];
export type WordedOut = components['schemas']['WordedOut'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

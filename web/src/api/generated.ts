// Written by `make types` from the description of the interface. Not to be changed by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AboardOut
         * @description A unit's seats, and what the people in them count for.
         */
        AboardOut: {
            /** Unit */
            unit: string;
            /** Seats */
            seats: components["schemas"]["SeatOut"][];
            crew: components["schemas"]["CrewOut"];
        };
        /**
         * AcceptedOut
         * @description Who took over a patient's care, and when.
         */
        AcceptedOut: {
            /** Accepted At */
            accepted_at: string | null;
            /** Accepted By */
            accepted_by: string;
        };
        /**
         * AccountNameOut
         * @description The account whose password was set.
         */
        AccountNameOut: {
            /** Account */
            account: string;
        };
        /**
         * AccountOut
         * @description An account.
         */
        AccountOut: {
            /** Account */
            account: string;
            /** Name */
            name: string;
            /** Email */
            email: string;
            /** Agency */
            agency: string;
            /** Person */
            person: string;
            /** Made At */
            made_at: string;
            /** Disabled At */
            disabled_at: string | null;
            /** Signed In At */
            signed_in_at: string | null;
            /** Locked Until */
            locked_until: string | null;
            /** Grants */
            grants: components["schemas"]["GrantOut"][];
        };
        /**
         * AcknowledgedOut
         * @description Who saw a pre-alert first, and when.
         */
        AcknowledgedOut: {
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string;
        };
        /**
         * AffiliationOut
         * @description A place in an agency; `practice` "" is the licence's own level.
         */
        AffiliationOut: {
            /** Agency */
            agency: string;
            /** Service */
            service: string;
            /** Pay */
            pay: string;
            /** Role */
            role: string;
            /** Practice */
            practice: string;
            /** Director */
            director: string;
            /** Start */
            start: string;
            /** End */
            end: string | null;
        };
        /**
         * AgainstOut
         * @description What stands against taking a seat.
         */
        AgainstOut: {
            /** Lacks */
            lacks: string[];
            /** Warnings */
            warnings: string[];
        };
        /**
         * AidOut
         * @description A request of mutual aid that is not over, or ended just now.
         */
        AidOut: {
            /** Id */
            id: string;
            /** Call Id */
            call_id: string;
            /** Neighbour */
            neighbour: string;
            /** Name */
            name: string;
            /** Contact */
            contact: string;
            /** Type */
            type: string;
            /** Level */
            level: string;
            /** Note */
            note: string;
            /**
             * State
             * @enum {string}
             */
            state: "asked" | "accepted" | "declined" | "withdrawn" | "released";
            scope: components["schemas"]["AidScopeOut"];
            /** Asked At */
            asked_at: string;
            /** Asked By */
            asked_by: string;
            /** Answered At */
            answered_at: string | null;
            /** Said By */
            said_by: string;
            /** Reason */
            reason: string;
            /** Unit */
            unit: string | null;
            /** Call Sign */
            call_sign: string | null;
            /** Due At */
            due_at: string | null;
            /** Arrived At */
            arrived_at: string | null;
            /** Left */
            left: number | null;
            alarm: components["schemas"]["AlarmOut"] | null;
        };
        /**
         * AidRequestOut
         * @description The request's id.
         */
        AidRequestOut: {
            /** Request */
            request: string;
        };
        /**
         * AidScopeOut
         * @description Whether the neighbour's crew may practise here, and why.
         */
        AidScopeOut: {
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "allow" | "deny" | "unknown";
            /** Why */
            why: string;
        };
        /**
         * AlarmOut
         * @description Something that lasts: from these figures a page's own clock tells whether it sounds.
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
         * AlertIdOut
         * @description The page's id.
         */
        AlertIdOut: {
            /** Alert */
            alert: string;
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
         * AnsweredOut
         * @description What the caller answered, in the words of the card.
         */
        AnsweredOut: {
            /** Ask */
            ask: string;
            /** Answer */
            answer: string;
            /** At */
            at: string;
        };
        /**
         * ApprovalIdOut
         * @description The approval's id.
         */
        ApprovalIdOut: {
            /** Approval */
            approval: string;
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
         * ArrestsOut
         * @description How soon the day's arrests were recognised on the telephone, and somebody there pushed.
         */
        ArrestsOut: {
            /** N */
            n: number;
            recognition: components["schemas"]["SoonOut"];
            first_compression: components["schemas"]["SoonOut"];
        };
        /**
         * AskedOut
         * @description The id of what was asked for.
         */
        AskedOut: {
            /** Ask */
            ask: string;
        };
        /**
         * AttemptOut
         * @description A try at a skill sheet.
         */
        AttemptOut: {
            /** Id */
            id: string;
            /** Person */
            person: string;
            /** Sheet */
            sheet: string;
            /** Version */
            version: string;
            /** Day */
            day: string;
            /** Done */
            done: string[];
            /** Critical */
            critical: string[];
            /** Points */
            points: number;
            /** Of */
            of: number;
            /** Passed */
            passed: boolean;
            /** Examiner */
            examiner: string;
            /** Struck */
            struck: boolean;
        };
        /**
         * BadFileOut
         * @description Why a file was not taken in, line by line.
         */
        BadFileOut: {
            /** Code */
            code: string;
            /** What */
            what: string;
            /** Do */
            do: string;
            /** Done */
            done: boolean;
            /** Checked */
            checked: boolean;
            /** Facts */
            facts: number;
            /** Proposal */
            proposal: string | null;
            /** Why */
            why: string | null;
            /** Lines */
            lines: components["schemas"]["ReportLineOut"][];
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
         * BedsOut
         * @description The latest count of free beds, by kind.
         */
        BedsOut: {
            /** Beds */
            beds: {
                [key: string]: number;
            };
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
            aid: components["schemas"]["AidOut"][];
            measures: components["schemas"]["MeasuresOut"];
            /** Natures */
            natures: components["schemas"]["NatureOut"][];
        };
        /**
         * CalendarOut
         * @description The secret address of an agency's calendar, said this once.
         */
        CalendarOut: {
            /** Address */
            address: string;
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
            pages: components["schemas"]["CallsPageOut"][];
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
            hold: components["schemas"]["HoldOut"] | null;
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
         * CallPageOut
         * @description A page as the desk sees it, with who was asked.
         */
        CallPageOut: {
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
            /** People */
            people: components["schemas"]["PagedPersonOut"][];
        };
        /**
         * CallPagesOut
         * @description Who was paged for a call and who comes; for which of its units somebody could be.
         */
        CallPagesOut: {
            /** Call Id */
            call_id: string;
            /** Alerts */
            alerts: components["schemas"]["CallPageOut"][];
            /** Can Page */
            can_page: string[];
            /** Station Alerts */
            station_alerts: components["schemas"]["StationLineOut"][];
            /** Messages */
            messages: components["schemas"]["MessageOut"][];
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
         * CallsPageOut
         * @description A page to people on call, on the board.
         */
        CallsPageOut: {
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
         * CellOut
         * @description One answer in short.
         */
        CellOut: {
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "allow" | "deny" | "unknown";
            /** Why */
            why: string;
            /** Unconfirmed */
            unconfirmed: boolean;
        };
        /**
         * ChainOut
         * @description The steps as the page needs them without a signal: what leads where, and what usually follows.
         */
        ChainOut: {
            /** Leads To */
            leads_to: {
                [key: string]: components["schemas"]["Status"];
            };
            /** Follows */
            follows: {
                [key: string]: string[];
            };
        };
        /**
         * ChangeOut
         * @description What was done to a credential.
         */
        ChangeOut: {
            /** Position */
            position: number;
            /** What */
            what: string;
            /** Day */
            day: string;
            /** Start */
            start: string | null;
            /** Until */
            until: string | null;
            /** Level */
            level: string;
            /** Strikes */
            strikes: number;
            /** Holds Until */
            holds_until: string | null;
            /** Words */
            words: string;
            /** Actor */
            actor: string;
            /** At */
            at: string | null;
        };
        /**
         * ChannelIdOut
         * @description The channel's id.
         */
        ChannelIdOut: {
            /** Channel */
            channel: string;
        };
        /**
         * ChannelOut
         * @description Where pages to oneself go; of its address only enough to tell it from another.
         */
        ChannelOut: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "email" | "push";
            /** Label */
            label: string;
            /** Detail */
            detail: string;
            /** Address */
            address: string;
            /** Since */
            since: string;
            /** Heard At */
            heard_at: string | null;
            /** Failures */
            failures: number;
        };
        /**
         * CheckOut
         * @description One thing that completion asks.
         */
        CheckOut: {
            /** What */
            what: string;
            /** Met */
            met: boolean;
            /** Do */
            do: string;
        };
        /**
         * CheckedSeatOut
         * @description A seat at the check of a shift.
         */
        CheckedSeatOut: {
            /** Name */
            name: string;
            /** Level */
            level: string;
            /** Endorsements */
            endorsements: string[];
            /** Required */
            required: boolean;
            /** Person */
            person: string | null;
            /** Name Of Person */
            name_of_person: string;
            /** You */
            you: boolean;
            /** Since */
            since: string | null;
            /** Rostered */
            rostered: string | null;
            /** Rostered Name */
            rostered_name: string;
            licence: components["schemas"]["LicenceHereOut"] | null;
            /** Lacks */
            lacks: string[];
            /** Warnings */
            warnings: string[];
            for_you: components["schemas"]["AgainstOut"] | null;
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
         * ChoiceOut
         * @description A hospital that a crew may choose; `travel_s` null where no road leads there.
         */
        ChoiceOut: {
            /** Facility */
            facility: string;
            /** Name */
            name: string;
            /** Kind */
            kind: string;
            /** Advised */
            advised: boolean;
            /** Travel S */
            travel_s: number | null;
            /** Diverting */
            diverting: boolean;
            /** Why */
            why: string;
        };
        /**
         * ChoicesOut
         * @description Where the patient of a unit's call may be taken, the advised hospital first.
         */
        ChoicesOut: {
            /** Call Id */
            call_id: string;
            /** Destinations */
            destinations: components["schemas"]["ChoiceOut"][];
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
         * CompletionOut
         * @description How far somebody is in a course; `eligible` for a certificate.
         */
        CompletionOut: {
            /** Completed */
            completed: boolean;
            /** Eligible */
            eligible: boolean;
            /** Progress */
            progress: number;
            /** Missing */
            missing: string[];
            /** Checks */
            checks: components["schemas"]["CheckOut"][];
            /** Done */
            done: {
                [key: string]: number;
            };
            /** Planned */
            planned: {
                [key: string]: number;
            };
            /** Uncounted */
            uncounted: components["schemas"]["UncountedOut"][];
            /** Notes */
            notes: string[];
        };
        /**
         * CorrectedOut
         * @description Whether it was corrected; if not, the proposal that waits for a second person.
         */
        CorrectedOut: {
            /** Done */
            done: boolean;
            /** Proposal */
            proposal: string | null;
        };
        /**
         * CourseHoursOut
         * @description What is said of a level's hours; whether the bases agree, null where fewer than two give any.
         */
        CourseHoursOut: {
            /** Level */
            level: string;
            /** Words */
            words: string;
            /** Agree */
            agree: boolean | null;
            /** Ranges */
            ranges: components["schemas"]["HourRangeOut"][];
        };
        /**
         * CourseOut
         * @description A course, with what is said of its level's hours.
         */
        CourseOut: {
            /** Id */
            id: string;
            /** Agency */
            agency: string;
            /** Programme */
            programme: string;
            /** Level */
            level: string;
            /** State */
            state: string;
            /** Place Kind */
            place_kind: string;
            /** Place */
            place: string;
            /** Hours */
            hours: {
                [key: string]: number;
            };
            /** Total */
            total: number;
            /** Sheets */
            sheets: string[];
            /** Start */
            start: string;
            /** End */
            end: string | null;
            /** Cancelled */
            cancelled: boolean;
            known_hours: components["schemas"]["CourseHoursOut"];
        };
        /**
         * CourseWholeOut
         * @description A course with its sessions, and how far everybody in it is.
         */
        CourseWholeOut: {
            /** Id */
            id: string;
            /** Agency */
            agency: string;
            /** Programme */
            programme: string;
            /** Level */
            level: string;
            /** State */
            state: string;
            /** Place Kind */
            place_kind: string;
            /** Place */
            place: string;
            /** Hours */
            hours: {
                [key: string]: number;
            };
            /** Total */
            total: number;
            /** Sheets */
            sheets: string[];
            /** Start */
            start: string;
            /** End */
            end: string | null;
            /** Cancelled */
            cancelled: boolean;
            known_hours: components["schemas"]["CourseHoursOut"];
            /** Sessions */
            sessions: components["schemas"]["HeldSessionOut"][];
            /** Attempts */
            attempts: components["schemas"]["AttemptOut"][];
            /** People */
            people: components["schemas"]["PersonInCourseOut"][];
        };
        /**
         * CoursesOut
         * @description The courses of the caller's agencies.
         */
        CoursesOut: {
            /** Courses */
            courses: components["schemas"]["CourseOut"][];
        };
        /**
         * CoverageOut
         * @description Who of a team is on site when, shift by shift.
         */
        CoverageOut: {
            /** Team */
            team: string;
            /** Site */
            site: string;
            /** Least */
            least: number;
            /** Start */
            start: string;
            /** End */
            end: string;
            /** Shifts */
            shifts: components["schemas"]["CoveredShiftOut"][];
        };
        /**
         * CoveredShiftOut
         * @description How far a shift is covered; no fraction where there is no time to cover.
         */
        CoveredShiftOut: {
            /** Name */
            name: string;
            /** Hours */
            hours: number;
            /** Covered Hours */
            covered_hours: number;
            /** Fraction */
            fraction: number | null;
            /** Gaps */
            gaps: components["schemas"]["GapOut"][];
            /** Stretches */
            stretches: components["schemas"]["StretchOut"][];
        };
        /**
         * CredentialIdOut
         * @description The credential's id.
         */
        CredentialIdOut: {
            /** Credential */
            credential: string;
        };
        /**
         * CredentialOut
         * @description A credential as it stands on a day, with its history.
         */
        CredentialOut: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Place */
            place: string;
            /** Issuer */
            issuer: string;
            /** Level */
            level: string;
            /** Level Words */
            level_words: string;
            /** Name */
            name: string;
            /** Number */
            number: string;
            /**
             * Status
             * @enum {string}
             */
            status: "not_yet" | "live" | "restricted" | "suspended" | "lapsed" | "revoked" | "surrendered";
            /** Words */
            words: string[];
            /** Since */
            since: string | null;
            /** Until */
            until: string | null;
            /** Expires */
            expires: string | null;
            verified: components["schemas"]["LookedUpOut"] | null;
            /** Spans */
            spans: components["schemas"]["SpanOut"][];
            /** History */
            history: components["schemas"]["ChangeOut"][];
        };
        /**
         * CreditOut
         * @description How many hours of an earlier course count, and why.
         */
        CreditOut: {
            /** Counts */
            counts: number;
            /** Why */
            why: string;
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
         * CrewLimitOut
         * @description An interval or limit, and where it stands written.
         */
        CrewLimitOut: {
            /** Seconds */
            seconds: number;
            /** Grace S */
            grace_s: number;
            /** Source */
            source: string;
        };
        /**
         * CrewLimitsOut
         * @description The limits of a crew's page; null where no rule says any.
         */
        CrewLimitsOut: {
            par: components["schemas"]["CrewLimitOut"] | null;
            reassess: components["schemas"]["CrewLimitOut"] | null;
            delayed: components["schemas"]["CrewLimitOut"] | null;
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
         * CrewRouteOut
         * @description The way that the unit is on.
         */
        CrewRouteOut: {
            /** To */
            to: string;
            /** Started At */
            started_at: string;
            /** Arrive At */
            arrive_at: string;
            /** Points */
            points: [
                number,
                number,
                number
            ][];
        };
        /**
         * CrewViewOut
         * @description All that one unit's page shows.
         */
        CrewViewOut: {
            /** At */
            at: string;
            /** Time Zone */
            time_zone: string;
            /** Demo */
            demo: boolean;
            unit: components["schemas"]["CrewsUnitOut"];
            crew: components["schemas"]["CrewOut"];
            chain: components["schemas"]["ChainOut"];
            mayday: components["schemas"]["MaydayOut"] | null;
            par: components["schemas"]["ParOut"] | null;
            limits: components["schemas"]["CrewLimitsOut"];
            call: components["schemas"]["CrewsCallOut"] | null;
            before: components["schemas"]["TimesBeforeOut"] | null;
        };
        /**
         * CrewsCallOut
         * @description The call that the unit is on.
         */
        CrewsCallOut: {
            /** Call Id */
            call_id: string;
            /** Received At */
            received_at: string;
            /** Priority */
            priority: number;
            /** Nature */
            nature: string;
            /** Nature Words */
            nature_words: string;
            /** Address */
            address: string;
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Caller */
            caller: {
                [key: string]: string | boolean | number;
            };
            /** Determinant */
            determinant: string;
            /** Recognised */
            recognised: string[];
            /** Answers */
            answers: components["schemas"]["AnsweredOut"][];
            premise: components["schemas"]["PlaceOut"];
            /** Notes */
            notes: components["schemas"]["NoteShownOut"][];
            staging: components["schemas"]["StagingOut"] | null;
            /** Moved At */
            moved_at: string | null;
            /** Units */
            units: components["schemas"]["OtherUnitOut"][];
            /** Co Responders */
            co_responders: components["schemas"]["ExpectedOut"][];
            /** Volunteers */
            volunteers: components["schemas"]["VolunteersOut"][];
            route: components["schemas"]["CrewRouteOut"] | null;
            destination: components["schemas"]["GoingOut"] | null;
            /** Prealerts */
            prealerts: components["schemas"]["PrealertOut"][];
            /** Asks */
            asks: components["schemas"]["TransportAskOut"][];
            reassessed: components["schemas"]["ReassessedOut"] | null;
            /** Ticks */
            ticks: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** Par Here */
            par_here: boolean;
            /** Stamps */
            stamps: {
                [key: string]: string;
            };
            /** Presses */
            presses: components["schemas"]["PressOut"][];
        };
        /**
         * CrewsUnitOut
         * @description The unit.
         */
        CrewsUnitOut: {
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
            /** Since */
            since: string;
        };
        /**
         * DecisionOut
         * @description Whether somebody may do something, and everything the answer rests on.
         */
        DecisionOut: {
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "allow" | "deny" | "unknown";
            /** Findings */
            findings: components["schemas"]["FindingOut"][];
            /** Rules Hash */
            rules_hash: string;
        };
        /**
         * DemoPersonOut
         * @description An account of the demo, as the sign-in page offers it.
         */
        DemoPersonOut: {
            /** Account */
            account: string;
            /** Words */
            words: string;
        };
        /**
         * DestinationEntryOut
         * @description Where messages go: what it is told, and whether it is well. Never its address.
         */
        DestinationEntryOut: {
            /** Id */
            id: string;
            kind: components["schemas"]["Kind"];
            /** Label */
            label: string;
            /** Agency */
            agency: string;
            /** Station */
            station: string;
            /** Gets */
            gets: components["schemas"]["What"][];
            detail: components["schemas"]["Detail"];
            /** Host */
            host: string;
            /** Since */
            since: string;
            /** Former Until */
            former_until: string | null;
            /** Waiting */
            waiting: number;
            /** Failures */
            failures: number;
            /** Paused Until */
            paused_until: string | null;
            /** Stopped At */
            stopped_at: string | null;
            /** Heard At */
            heard_at: string | null;
        };
        /**
         * DestinationIdOut
         * @description A destination's id, and the secret its messages are signed with, told this once.
         */
        DestinationIdOut: {
            /** Destination */
            destination: string;
            /** Secret */
            secret: string;
        };
        /**
         * DestinationOut
         * @description Where a unit takes its patient, and why.
         */
        DestinationOut: {
            /** Facility */
            facility: string | null;
            /** Reason */
            reason: string;
            /** Passed Over */
            passed_over: components["schemas"]["PassedOverFacilityOut"][];
        };
        /**
         * DestinationsOut
         * @description Where messages of the caller's agencies go, what waits, and what was given up.
         */
        DestinationsOut: {
            /** Destinations */
            destinations: components["schemas"]["DestinationEntryOut"][];
            /** Waiting */
            waiting: components["schemas"]["SentMessageOut"][];
            /** Dead */
            dead: components["schemas"]["SentMessageOut"][];
        };
        /**
         * Detail
         * @description How much of the place of a call a destination is told.
         * @enum {string}
         */
        Detail: "full" | "street" | "area" | "none";
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
         * DiffRowOut
         * @description A skill that two places answer differently.
         */
        DiffRowOut: {
            /** Skill */
            skill: string;
            /** Name */
            name: string;
            /** Category */
            category: string;
            one: components["schemas"]["CellOut"];
            other: components["schemas"]["CellOut"];
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
         * DisputeOut
         * @description Somebody's word that a rule is wrong; `as_then`: the books have not changed since.
         */
        DisputeOut: {
            /** Rule */
            rule: string;
            /** Place */
            place: string;
            /** Words */
            words: string;
            /** Said By */
            said_by: string;
            /** Said At */
            said_at: string;
            /** Rules Hash */
            rules_hash: string;
            /** As Then */
            as_then: boolean;
            /** Still There */
            still_there: boolean;
        };
        /**
         * DisputesOut
         * @description The rules that somebody says are wrong, the newest word first.
         */
        DisputesOut: {
            /** Disputes */
            disputes: components["schemas"]["DisputeOut"][];
        };
        /**
         * DistributiveOut
         * @description Hours without an instructor: counted, and the most that count; null where that is not recorded.
         */
        DistributiveOut: {
            /** Counted */
            counted: number;
            /** Max */
            max: number | null;
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
         * DutyOut
         * @description Somebody's duty.
         */
        DutyOut: {
            /** Person */
            person: string;
            /** Seat */
            seat: string;
            /** Start */
            start: string;
            /** End */
            end: string;
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
         * EducationOut
         * @description Hours of continuing education.
         */
        EducationOut: {
            /** Entry */
            entry: string;
            /** Day */
            day: string;
            /** Hours */
            hours: number;
            /** Component */
            component: string;
            /** Format */
            format: string;
            /** Topic */
            topic: string;
            /** About Children */
            about_children: boolean;
            /** Accredited */
            accredited: boolean;
        };
        /**
         * EndsOut
         * @description A credential of one's own that ends.
         */
        EndsOut: {
            /** Credential */
            credential: string;
            /** Kind */
            kind: string;
            /** Expires */
            expires: string;
            /** Ends At */
            ends_at: string;
            /** Days Left */
            days_left: number;
            /** Notice */
            notice: number;
        };
        /**
         * EntryIdOut
         * @description The entry's id.
         */
        EntryIdOut: {
            /** Entry */
            entry: string;
        };
        /**
         * ExpectedOut
         * @description A service that the house does not run and that was asked for help.
         */
        ExpectedOut: {
            /** Request */
            request: string;
            /** Label */
            label: string;
            /** Task Label */
            task_label: string;
            /** State */
            state: string;
            /** Due At */
            due_at: string | null;
        };
        /**
         * ExpiringOut
         * @description What ends, the next to end first.
         */
        ExpiringOut: {
            /** Expiring */
            expiring: components["schemas"]["ExpiryOfOut"][];
        };
        /**
         * ExpiryOfOut
         * @description A credential that ends, and whose it is.
         */
        ExpiryOfOut: {
            /** Person */
            person: string;
            /** Credential */
            credential: string;
            /** Kind */
            kind: string;
            /** Place */
            place: string;
            /** Level */
            level: string;
            /** Name */
            name: string;
            /** Expires */
            expires: string;
            /** Ends At */
            ends_at: string;
            /** Days Left */
            days_left: number;
            /** Notice */
            notice: number;
            /** Name Of Person */
            name_of_person: string;
        };
        /**
         * ExpiryOut
         * @description A credential that ends: its last day, and the midnight after.
         */
        ExpiryOut: {
            /** Person */
            person: string;
            /** Credential */
            credential: string;
            /** Kind */
            kind: string;
            /** Place */
            place: string;
            /** Level */
            level: string;
            /** Name */
            name: string;
            /** Expires */
            expires: string;
            /** Ends At */
            ends_at: string;
            /** Days Left */
            days_left: number;
            /** Notice */
            notice: number;
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
         * FindingOut
         * @description One reason of a decision.
         */
        FindingOut: {
            /**
             * Layer
             * @enum {string}
             */
            layer: "role" | "standing" | "compact" | "state" | "national" | "conditions" | "agency";
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "allow" | "deny" | "unknown";
            /** What */
            what: string;
            /** Rule */
            rule: string;
            /** Source */
            source: string;
            /** Start */
            start: string | null;
            /** End */
            end: string | null;
            /** Confidence */
            confidence: string;
            /** Unconfirmed */
            unconfirmed: boolean;
            /** Note */
            note: string;
        };
        /**
         * FitsOut
         * @description Whether somebody may sit in a seat, and what they lack.
         */
        FitsOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Fits */
            fits: boolean;
            /** Lacks */
            lacks: string[];
        };
        /**
         * FlagOut
         * @description What is odd about a time.
         */
        FlagOut: {
            /** Flag */
            flag: string;
            /** What */
            what: string;
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
         * GapOut
         * @description A time with too few on site.
         */
        GapOut: {
            /** Start */
            start: string;
            /** End */
            end: string;
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
         * GlassOut
         * @description A record that somebody opened without a role for it, and what was said of that.
         */
        GlassOut: {
            /** Glass */
            glass: string;
            /** Account */
            account: string;
            /** Call Id */
            call_id: string;
            why: components["schemas"]["Why"];
            /** Why Words */
            why_words: string;
            /** Reason */
            reason: string;
            /** At */
            at: string;
            /** Until */
            until: string;
            /** Reads */
            reads: components["schemas"]["ReadUnderOut"][];
            /** Reviewed At */
            reviewed_at: string | null;
            /** Reviewed By */
            reviewed_by: string;
            /** Right */
            right: boolean | null;
            /** Words */
            words: string;
        };
        /**
         * GoingOut
         * @description Where the patient is taken.
         */
        GoingOut: {
            /** Facility */
            facility: string;
            /** Name */
            name: string;
            /** Eta */
            eta: string | null;
            /** Accepted At */
            accepted_at: string | null;
        };
        /**
         * GrantOut
         * @description A role in an agency ("*" is every agency), and how people say it.
         */
        GrantOut: {
            /** Role */
            role: string;
            /** Agency */
            agency: string;
            /** Words */
            words: string;
        };
        /**
         * HandedOverOut
         * @description A patient whose unit has left: a signature may still be asked for.
         */
        HandedOverOut: {
            /** Accepted At */
            accepted_at: string | null;
            /** Accepted By */
            accepted_by: string;
            /** Signed At */
            signed_at: string | null;
            /** Signed Role */
            signed_role: string;
            /** Signed Name */
            signed_name: string;
            /** Signature Refused */
            signature_refused: string;
            /** Call Id */
            call_id: string;
            /** Unit */
            unit: string;
            /** Call Sign */
            call_sign: string;
            /** Left At */
            left_at: string;
        };
        /**
         * HeldSessionOut
         * @description Hours that were given; `counts`: by an instructor who may.
         */
        HeldSessionOut: {
            /** Session */
            session: string;
            /** Day */
            day: string;
            /** Topic */
            topic: string;
            /** Hours */
            hours: number;
            /** Instructor */
            instructor: string;
            /** Struck */
            struck: boolean;
            /** Counts */
            counts: boolean;
        };
        /**
         * HoldOut
         * @description How a call stands in the hold queue; `slots` are those that nobody is free for.
         */
        HoldOut: {
            /** Since */
            since: string;
            /** On Purpose */
            on_purpose: boolean;
            /** Reason */
            reason: string;
            /** By */
            by: string | null;
            /** Slots */
            slots: string[];
            alarm: components["schemas"]["AlarmOut"] | null;
        };
        /**
         * HospitalNameOut
         * @description A hospital whose page the caller may open.
         */
        HospitalNameOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
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
         * HospitalOut
         * @description A hospital.
         */
        HospitalOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Kind */
            kind: string;
        };
        /**
         * HospitalViewOut
         * @description All that one hospital's page shows.
         */
        HospitalViewOut: {
            hospital: components["schemas"]["HospitalOut"];
            /** At */
            at: string;
            /** Time Zone */
            time_zone: string;
            limits: components["schemas"]["LimitsOut"];
            /** Inbound */
            inbound: components["schemas"]["InboundOut"][];
            /** Handed Over */
            handed_over: components["schemas"]["HandedOverOut"][];
            /** Not Coming */
            not_coming: components["schemas"]["NotComingOut"][];
            /** Status */
            status: components["schemas"]["StandingOut"][];
            /** Services */
            services: components["schemas"]["WordsOut"][];
            beds: components["schemas"]["BedsOut"] | null;
            /** Bed Kinds */
            bed_kinds: components["schemas"]["WordsOut"][];
        };
        /**
         * HospitalsOut
         * @description The hospitals whose page the caller may open.
         */
        HospitalsOut: {
            /** Hospitals */
            hospitals: components["schemas"]["HospitalNameOut"][];
        };
        /**
         * HourRangeOut
         * @description Hours of a course as one basis gives them (null: it gives none), and how planned ones stand beside them.
         */
        HourRangeOut: {
            /** Basis */
            basis: string;
            /** Low */
            low: number | null;
            /** High */
            high: number | null;
            /** Beyond */
            beyond: string;
            /** Detail */
            detail: string;
            /** Place */
            place: string;
            /** Dated */
            dated: boolean;
            /** Unconfirmed */
            unconfirmed: boolean;
            /** Source */
            source: string;
            /** Judged */
            judged: ("below" | "within" | "above" | "no_range") | null;
        };
        /**
         * ImmunisationOut
         * @description What somebody is immune against, and since when.
         */
        ImmunisationOut: {
            /** Name */
            name: string;
            /** Year */
            year: number;
        };
        /**
         * ImportReportOut
         * @description What came of a file: done, or the proposal that waits and why, and each line.
         */
        ImportReportOut: {
            /** Done */
            done: boolean;
            /** Checked */
            checked: boolean;
            /** Facts */
            facts: number;
            /** Proposal */
            proposal: string | null;
            /** Why */
            why: string | null;
            /** Lines */
            lines: components["schemas"]["ReportLineOut"][];
        };
        /**
         * InboundOut
         * @description A patient who comes or is here.
         */
        InboundOut: {
            /** Accepted At */
            accepted_at: string | null;
            /** Accepted By */
            accepted_by: string;
            /** Signed At */
            signed_at: string | null;
            /** Signed Role */
            signed_role: string;
            /** Signed Name */
            signed_name: string;
            /** Signature Refused */
            signature_refused: string;
            /** Call Id */
            call_id: string;
            /** Unit */
            unit: string;
            /** Call Sign */
            call_sign: string;
            /**
             * State
             * @enum {string}
             */
            state: "to_come" | "on_the_way" | "here" | "accepted";
            /** Priority */
            priority: number | null;
            /** Nature */
            nature: string;
            /** Eta */
            eta: string | null;
            /** Eta From */
            eta_from: ("reported" | "estimated") | null;
            /** Arrived At */
            arrived_at: string | null;
            /** Transfer At */
            transfer_at: string | null;
            /** Prealerts */
            prealerts: components["schemas"]["PrealertOut"][];
            /** Notes */
            notes: components["schemas"]["NoteShownOut"][];
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
         * IssuedTokenOut
         * @description A token's id, and its secret, said this once.
         */
        IssuedTokenOut: {
            /** Token */
            token: string;
            /** Secret */
            secret: string;
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
         * Kind
         * @description How a message travels.
         * @enum {string}
         */
        Kind: "email" | "webhook" | "push";
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
         * LackingOut
         * @description Who may sit in a seat, and what the others lack.
         */
        LackingOut: {
            /** Place */
            place: string;
            /** People */
            people: components["schemas"]["FitsOut"][];
        };
        /**
         * LentByOut
         * @description By which request of mutual aid a unit is here.
         */
        LentByOut: {
            /** Request */
            request: string;
            /** By */
            by: string;
            /** Due At */
            due_at: string | null;
            scope: components["schemas"]["AidScopeOut"];
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
         * LevelWordsOut
         * @description A level of licence or practice; `counts_as` is the highest that dispatch may count it for.
         */
        LevelWordsOut: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Group */
            group: string;
            /** Counts As */
            counts_as: string;
            /** Care */
            care: boolean;
        };
        /**
         * LicenceHereOut
         * @description What somebody may work as here today.
         */
        LicenceHereOut: {
            /** Live */
            live: boolean;
            /** Level */
            level: string;
            /** Words */
            words: string;
            /** Until */
            until: string | null;
            /** Why */
            why: string;
        };
        /**
         * LimitOut
         * @description A time that should not be exceeded, of how many percent (null: of all), and where that stands written.
         */
        LimitOut: {
            /** Seconds */
            seconds: number;
            /** Percent */
            percent: number | null;
            /** Source */
            source: string;
        };
        /**
         * LimitsOut
         * @description The limits of a hospital's page; null where no rule says any.
         */
        LimitsOut: {
            offload: components["schemas"]["LimitOut"] | null;
            acknowledge: components["schemas"]["LimitOut"] | null;
            beds: components["schemas"]["LimitOut"] | null;
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
         * LinkKeyOut
         * @description The key of the link that sets an account's password.
         */
        LinkKeyOut: {
            /** Key */
            key: string;
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
         * LockOut
         * @description When a station locks itself (null: never), and whether it has.
         */
        LockOut: {
            station: components["schemas"]["Station"];
            /** Stations */
            stations: components["schemas"]["StationKindOut"][];
            /** After S */
            after_s: number | null;
            /** Locked */
            locked: boolean;
        };
        /**
         * LookedUpOut
         * @description That a credential was looked up where it was issued.
         */
        LookedUpOut: {
            /** By */
            by: string;
            /** At */
            at: string;
            /** How */
            how: string;
        };
        /**
         * MadeTokenOut
         * @description A token; this is the only place where it ever stands.
         */
        MadeTokenOut: {
            /** Token */
            token: string;
        };
        /**
         * MayOut
         * @description The skills of a category, and how many of each verdict.
         */
        MayOut: {
            /** Category */
            category: string;
            /** Allow */
            allow: number;
            /** Deny */
            deny: number;
            /** Unknown */
            unknown: number;
            /** Skills */
            skills: components["schemas"]["MaySkillOut"][];
        };
        /**
         * MaySendOut
         * @description What this house can send: e-mail, and the key for pushing to browsers.
         */
        MaySendOut: {
            /** Email */
            email: boolean;
            /** Push */
            push: string | null;
        };
        /**
         * MaySkillOut
         * @description A skill, whether somebody may do it, and by which rule.
         */
        MaySkillOut: {
            /** Skill */
            skill: string;
            /** Name */
            name: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "allow" | "deny" | "unknown";
            /** Why */
            why: string;
            /** Rule */
            rule: string;
            /** Source */
            source: string;
            /** Unconfirmed */
            unconfirmed: boolean;
        };
        /**
         * MaydayOut
         * @description A crew is in danger, and who at the desk has it in hand; null and "" while nobody has.
         */
        MaydayOut: {
            /** At */
            at: string;
            /** By */
            by: string;
            /** Call Id */
            call_id: string | null;
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string;
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
            arrests: components["schemas"]["ArrestsOut"];
        };
        /**
         * MemberOut
         * @description Who is of a team, in these hours of the week.
         */
        MemberOut: {
            /** Person */
            person: string;
            /** Hours */
            hours: string;
            /** Start */
            start: string;
            /** End */
            end: string | null;
        };
        /**
         * MessageOut
         * @description A message about a call, and what became of it.
         */
        MessageOut: {
            /** Id */
            id: string;
            /** What */
            what: string;
            /** Unit */
            unit: string;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "delivered" | "dead" | "dropped";
            /** Attempts */
            attempts: number;
            /** Said */
            said: string;
            /** Queued At */
            queued_at: string;
            /** Done At */
            done_at: string | null;
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
         * NotComingOut
         * @description A patient who was announced and does not come.
         */
        NotComingOut: {
            /** Id */
            id: string;
            /** Call Id */
            call_id: string;
            /** Call Sign */
            call_sign: string;
            /** Words */
            words: string;
            /** At */
            at: string;
            /** Because */
            because: string;
        };
        /**
         * NoteAtPlaceOut
         * @description What matters at the place.
         */
        NoteAtPlaceOut: {
            /** Kind */
            kind: string;
            /** Text */
            text: string;
            /** At */
            at: string;
            /** Distance M */
            distance_m: number;
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
         * NoteShownOut
         * @description What the desk wrote for others too.
         */
        NoteShownOut: {
            /** Note */
            note: string;
            /** Text */
            text: string;
            /** At */
            at: string;
            /** By */
            by: string;
        };
        /**
         * NotesOut
         * @description What is worth knowing of it.
         */
        NotesOut: {
            /** Notes */
            notes: string[];
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
         * OnCallOut
         * @description How many volunteers of a unit are on call, and how likely one or two of them come.
         */
        OnCallOut: {
            /** Volunteers */
            volunteers: number;
            /** Chance Of One */
            chance_of_one: number;
            /** Chance Of Two */
            chance_of_two: number;
            /** Turnout S */
            turnout_s: number;
            /** Source */
            source: string;
        };
        /**
         * OpenedOut
         * @description The call whose record is open, until when.
         */
        OpenedOut: {
            /** Glass */
            glass: string;
            /** Call Id */
            call_id: string;
            /** Until */
            until: string;
        };
        /**
         * OtherPositionOut
         * @description Where another is, as OwnTracks asks for it: nobody is told.
         */
        OtherPositionOut: Record<string, never>;
        /**
         * OtherUnitOut
         * @description Who else is on the call.
         */
        OtherUnitOut: {
            /** Unit */
            unit: string;
            /** Call Sign */
            call_sign: string;
            /** Type */
            type: string;
            /** Slot */
            slot: string;
            status: components["schemas"]["Status"];
            /** Eta */
            eta: string | null;
        };
        /**
         * OwesOut
         * @description What somebody still has to do for a credential, by when.
         */
        OwesOut: {
            /** Credential */
            credential: string;
            /** What */
            what: string;
            /** By */
            by: string;
        };
        /**
         * OwnAlertOut
         * @description A page as the one who was paged sees it.
         */
        OwnAlertOut: {
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
            /** Call Sign */
            call_sign: string;
            /** Nature Label */
            nature_label: string;
            /** Priority */
            priority: number | null;
            /** Address */
            address: string;
            /** Line */
            line: string;
            /** Answer */
            answer: ("accepted" | "declined") | null;
            /** Answered At */
            answered_at: string | null;
            /** Eta S */
            eta_s: number | null;
            /** Counts */
            counts: string;
        };
        /**
         * OwnCourseOut
         * @description A course that somebody is in, with their tries.
         */
        OwnCourseOut: {
            /** Course */
            course: string;
            /** Level */
            level: string;
            /** Attempts */
            attempts: components["schemas"]["AttemptOut"][];
            /** Completed */
            completed: boolean;
            /** Eligible */
            eligible: boolean | null;
            /** Progress */
            progress: number;
            /** Missing */
            missing: string[];
            /** Checks */
            checks: components["schemas"]["CheckOut"][];
            /** Done */
            done: {
                [key: string]: number;
            };
            /** Planned */
            planned: {
                [key: string]: number;
            };
            /** Uncounted */
            uncounted: components["schemas"]["UncountedOut"][];
            /** Notes */
            notes: string[];
            /** Eligible Now */
            eligible_now: boolean;
            /**
             * Status
             * @enum {string}
             */
            status: "enrolled" | "left" | "completed";
            /** Completed On */
            completed_on: string | null;
            /** Why */
            why: string;
        };
        /**
         * OwnPageOut
         * @description What somebody may do here today and why, what of theirs ends, what they owe.
         */
        OwnPageOut: {
            /** Person */
            person: string;
            /** Place */
            place: string;
            /** On */
            on: string;
            standing: components["schemas"]["StandingOfOut"];
            /** May */
            may: components["schemas"]["MayOut"][];
            /** Ends */
            ends: components["schemas"]["EndsOut"][];
            /** Owes */
            owes: components["schemas"]["OwesOut"][];
        };
        /**
         * OwnPagesOut
         * @description The pages to oneself that are not over, where they go, and for which units one is on call.
         */
        OwnPagesOut: {
            /** Person */
            person: string;
            /** At */
            at: string;
            /** Alerts */
            alerts: components["schemas"]["OwnAlertOut"][];
            /** Channels */
            channels: components["schemas"]["ChannelOut"][];
            may: components["schemas"]["MaySendOut"];
            /** On Call */
            on_call: string[];
        };
        /**
         * OwnUnitOut
         * @description A unit whose page the caller may open.
         */
        OwnUnitOut: {
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
            status: components["schemas"]["Status"];
        };
        /**
         * OwnUnitsOut
         * @description The units whose page the caller may open.
         */
        OwnUnitsOut: {
            /** Units */
            units: components["schemas"]["OwnUnitOut"][];
        };
        /**
         * PagedPersonOut
         * @description Somebody on call who was paged, and what they answered.
         */
        PagedPersonOut: {
            /** Person */
            person: string;
            /** Answer */
            answer: ("accepted" | "declined") | null;
            /** Answered At */
            answered_at: string | null;
            /** Eta S */
            eta_s: number | null;
            /** Counts */
            counts: string;
            /** Paged At */
            paged_at: string;
        };
        /**
         * ParOut
         * @description How the asking of a crew stands.
         */
        ParOut: {
            /** Call Id */
            call_id: string;
            /** Started At */
            started_at: string;
            /** Because */
            because: string;
            /** Interval S */
            interval_s: number;
            /** Grace S */
            grace_s: number;
            /** Source */
            source: string;
            /** Ask At */
            ask_at: string;
            /** Due At */
            due_at: string;
            /** Missed At */
            missed_at: string | null;
        };
        /**
         * PartOut
         * @description A component of a renewal: hours asked, counted, missing.
         */
        PartOut: {
            /** Name */
            name: string;
            /** Asked */
            asked: number;
            /** Counted */
            counted: number;
            /** Missing */
            missing: number;
        };
        /**
         * PassedOverFacilityOut
         * @description A facility that is not advised, and why.
         */
        PassedOverFacilityOut: {
            /** Facility */
            facility: string;
            /** Why */
            why: string;
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
         * PathOut
         * @description What it takes to practise in another state.
         */
        PathOut: {
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "may_practise" | "steps_to_take" | "not_recognised" | "unknown";
            /** What */
            what: string;
            /** Do */
            do: string;
            /** Level */
            level: string;
            /** Licence */
            licence: string;
            /** To */
            to: string;
            /** On */
            on: string;
            /** Ways */
            ways: components["schemas"]["WayOut"][];
            /** Steps */
            steps: components["schemas"]["WayStepOut"][];
        };
        /**
         * PeopleOut
         * @description So many were found, and these of them.
         */
        PeopleOut: {
            /** Total */
            total: number;
            /** People */
            people: components["schemas"]["PersonRowOut"][];
        };
        /**
         * PersonIdOut
         * @description The person's id.
         */
        PersonIdOut: {
            /** Person */
            person: string;
        };
        /**
         * PersonInCourseOut
         * @description Somebody in a course, and how far they are.
         */
        PersonInCourseOut: {
            /** Person */
            person: string;
            /** Completed */
            completed: boolean;
            /** Eligible */
            eligible: boolean | null;
            /** Progress */
            progress: number;
            /** Missing */
            missing: string[];
            /** Checks */
            checks: components["schemas"]["CheckOut"][];
            /** Done */
            done: {
                [key: string]: number;
            };
            /** Planned */
            planned: {
                [key: string]: number;
            };
            /** Uncounted */
            uncounted: components["schemas"]["UncountedOut"][];
            /** Notes */
            notes: string[];
            /** Eligible Now */
            eligible_now: boolean;
            /**
             * Status
             * @enum {string}
             */
            status: "enrolled" | "left" | "completed";
            /** Completed On */
            completed_on: string | null;
            /** Why */
            why: string;
        };
        /**
         * PersonOut
         * @description Somebody with all they hold, as of a day.
         */
        PersonOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Given Name */
            given_name: string;
            /** Family Name */
            family_name: string;
            /** Affiliations */
            affiliations: components["schemas"]["AffiliationOut"][];
            standing: components["schemas"]["StandingOfOut"];
            /** Credentials */
            credentials: components["schemas"]["CredentialOut"][];
            /** Unverified */
            unverified: number;
            next_end: components["schemas"]["ExpiryOut"] | null;
            /** On */
            on: string;
            /** Born */
            born: string | null;
            /** Email */
            email: string;
            /** Phone */
            phone: string;
            /** Languages */
            languages: string[];
            /** Immunisations */
            immunisations: components["schemas"]["ImmunisationOut"][];
            /** Next Change */
            next_change: string | null;
        };
        /**
         * PersonRowOut
         * @description Somebody as a list shows them.
         */
        PersonRowOut: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Given Name */
            given_name: string;
            /** Family Name */
            family_name: string;
            /** Affiliations */
            affiliations: components["schemas"]["AffiliationOut"][];
            standing: components["schemas"]["StandingOfOut"];
            /** Credentials */
            credentials: number;
            /** Unverified */
            unverified: number;
            next_end: components["schemas"]["ExpiryOut"] | null;
        };
        /**
         * PlaceOut
         * @description What is known of the place, and how many calls there were in so many months.
         */
        PlaceOut: {
            /** Notes */
            notes: components["schemas"]["NoteAtPlaceOut"][];
            /** Earlier */
            earlier: number;
            /** Months */
            months: number;
        };
        /**
         * PlaceWordsOut
         * @description A place that can be asked about; without a book every answer is unknown.
         */
        PlaceWordsOut: {
            /** Place */
            place: string;
            /** Name */
            name: string;
            /** Book */
            book: boolean;
            /** Note */
            note: string;
            /** Synthetic */
            synthetic: boolean;
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
         * PositionTokenOut
         * @description A token of a device that reports a unit's position, without its secret.
         */
        PositionTokenOut: {
            /** Token */
            token: string;
            /** Label */
            label: string;
            /** Issued At */
            issued_at: string;
            /** Issued By */
            issued_by: string;
            /** Revoked At */
            revoked_at: string | null;
            /** Revoked By */
            revoked_by: string | null;
            /** Reported At */
            reported_at: string | null;
        };
        /**
         * PrealertIdOut
         * @description The pre-alert's id.
         */
        PrealertIdOut: {
            /** Prealert */
            prealert: string;
        };
        /**
         * PrealertOut
         * @description What a hospital was told of a patient who comes.
         */
        PrealertOut: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Words */
            words: string;
            /** Code */
            code: string;
            /** Age */
            age: number | null;
            /** Age Unit */
            age_unit: string;
            /** Sex */
            sex: string;
            /** Complaint */
            complaint: string;
            /** Sent At */
            sent_at: string;
            /** Sent By */
            sent_by: string;
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string;
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
         * PressOut
         * @description A press of a step, by whose id it is taken back.
         */
        PressOut: {
            /** Id */
            id: string;
            /** Stamp */
            stamp: string;
            /** At */
            at: string;
            /** Flags */
            flags: string[];
            /** By */
            by: string;
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
         * ProgrammeApprovalOut
         * @description A state's approval of a programme.
         */
        ProgrammeApprovalOut: {
            /** Id */
            id: string;
            /** Programme */
            programme: string;
            /** State */
            state: string;
            /** Levels */
            levels: string[];
            /** Start */
            start: string;
            /** Until */
            until: string | null;
            /** Source */
            source: string;
        };
        /**
         * ProgrammeApprovalsOut
         * @description The approvals of the caller's agencies' programmes.
         */
        ProgrammeApprovalsOut: {
            /** Approvals */
            approvals: components["schemas"]["ProgrammeApprovalOut"][];
        };
        /**
         * ProposalOut
         * @description A change that waits, or waited, for a second person.
         */
        ProposalOut: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "confirmed" | "dropped";
            /** Proposed By */
            proposed_by: string;
            /** Proposed At */
            proposed_at: string;
            /** Decided By */
            decided_by: string;
            /** Decided At */
            decided_at: string | null;
            /** Dropped */
            dropped: number;
            /** Of */
            of: number;
            /** Where */
            where: string;
            /** Day */
            day: string;
            /** Person */
            person: string;
            /** Credential */
            credential: string;
            /** Yours */
            yours: boolean;
        };
        /**
         * ProposalsOut
         * @description The changes that wait for a second person.
         */
        ProposalsOut: {
            /** Proposals */
            proposals: components["schemas"]["ProposalOut"][];
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
         * ReadOut
         * @description That somebody was shown something of patients.
         */
        ReadOut: {
            /** Position */
            position: number;
            /** At */
            at: string;
            /** Until */
            until: string;
            /** Account */
            account: string;
            /** Session */
            session: string;
            /** Device */
            device: string;
            /** Address */
            address: string;
            /** Named */
            named: string;
            /** Calls */
            calls: string[];
            /** Board */
            board: boolean;
        };
        /**
         * ReadUnderOut
         * @description What was read while the glass was broken.
         */
        ReadUnderOut: {
            /** At */
            at: string;
            /** Address */
            address: string;
        };
        /**
         * ReassessedOut
         * @description When a waiting patient was last looked at again, and how often.
         */
        ReassessedOut: {
            /** At */
            at: string;
            /** Times */
            times: number;
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
         * RenewalOut
         * @description A credential that is to be renewed; null where no rule says what that asks.
         */
        RenewalOut: {
            /** Credential */
            credential: string;
            /** Kind */
            kind: string;
            /** Authority */
            authority: string;
            /** Level */
            level: string;
            /** Start */
            start: string;
            /** Ends */
            ends: string;
            /** What */
            what: string;
            progress: components["schemas"]["RenewalProgressOut"] | null;
        };
        /**
         * RenewalProgressOut
         * @description How far somebody is with a renewal, and by which rule.
         */
        RenewalProgressOut: {
            /** Model */
            model: string;
            /** Total */
            total: number;
            /** Counted */
            counted: number;
            /** Fraction */
            fraction: number;
            /** Done */
            done: boolean;
            /** Split Known */
            split_known: boolean;
            /** Parts */
            parts: components["schemas"]["PartOut"][];
            distributive: components["schemas"]["DistributiveOut"];
            /** Missing */
            missing: string[];
            /** Uncounted */
            uncounted: components["schemas"]["UncountedEntryOut"][];
            /** Notes */
            notes: string[];
            /** Unconfirmed */
            unconfirmed: boolean;
            /** Rule */
            rule: string;
            /** Source */
            source: string;
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
         * ReportLineOut
         * @description What is said of a line of a file.
         */
        ReportLineOut: {
            /** Line */
            line: number;
            /**
             * Means
             * @enum {string}
             */
            means: "fault" | "change" | "same" | "note";
            /** What */
            what: string;
            /** Do */
            do: string;
        };
        /**
         * ReportedOut
         * @description Whether a reported position is shown; if not, why.
         */
        ReportedOut: {
            /** Shown */
            shown: boolean;
            /** Why */
            why: string | null;
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
            callback: string | boolean | number;
            /** Attempts */
            attempts: components["schemas"]["CallbackOut"][];
            /** Reached */
            reached: boolean;
        };
        /**
         * RosterFaultOut
         * @description What is wrong with a roster.
         */
        RosterFaultOut: {
            /** Kind */
            kind: string;
            /** What */
            what: string;
            /** Start */
            start: string;
            /** End */
            end: string;
            /** Source */
            source: string;
        };
        /**
         * RosterLineOut
         * @description A line of the roster, with its hours of the week.
         */
        RosterLineOut: {
            /** Duty */
            duty: string;
            /** Person */
            person: string;
            /** Seat */
            seat: string;
            /** Start */
            start: string;
            /** End */
            end: string;
            /** Hours */
            hours: string;
        };
        /**
         * RosterOut
         * @description Who is planned for a unit, the gaps, and what is wrong with it.
         */
        RosterOut: {
            /** Unit */
            unit: string;
            /** Lines */
            lines: components["schemas"]["RosterLineOut"][];
            /** Duties */
            duties: components["schemas"]["DutyOut"][];
            /** Faults */
            faults: components["schemas"]["RosterFaultOut"][];
        };
        /**
         * RosteredOut
         * @description The duty's id, and what speaks against it.
         */
        RosteredOut: {
            /** Duty */
            duty: string;
            /** Warnings */
            warnings: string[];
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
         * RunOut
         * @description A unit's times on a call; sent there again, it has another run.
         */
        RunOut: {
            /** Run */
            run: number;
            /** Stamps */
            stamps: {
                [key: string]: string;
            };
            /** Elements */
            elements: {
                [key: string]: string;
            };
            /** Entries */
            entries: components["schemas"]["TimeEntryOut"][];
            /** Warnings */
            warnings: components["schemas"]["TimeWarningOut"][];
            /** Rules Known */
            rules_known: boolean;
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
         * ScopeDiffOut
         * @description The skills that two places answer differently for a level, and how many they answer alike.
         */
        ScopeDiffOut: {
            /** One */
            one: string;
            /** Other */
            other: string;
            /** Level */
            level: string;
            /** On */
            on: string;
            /** Rows */
            rows: components["schemas"]["DiffRowOut"][];
            /** Same */
            same: number;
            /** Rules Hash */
            rules_hash: string;
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
         * ScopeTableOut
         * @description Every skill of a place by level.
         */
        ScopeTableOut: {
            /** Place */
            place: string;
            /** Name */
            name: string;
            /** Note */
            note: string;
            /** On */
            on: string;
            /** Levels */
            levels: components["schemas"]["WordOut"][];
            /** Rows */
            rows: components["schemas"]["TableRowOut"][];
            /** Rules Hash */
            rules_hash: string;
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
         * SeatOut
         * @description A seat, who sits in it, and who is planned for it now.
         */
        SeatOut: {
            /** Name */
            name: string;
            /** Level */
            level: string;
            /** Endorsements */
            endorsements: string[];
            /** Required */
            required: boolean;
            /** Person */
            person: string | null;
            /** Since */
            since: string | null;
            /** Role */
            role: string | null;
            /** Rostered */
            rostered: string | null;
        };
        /**
         * SecretOut
         * @description A new secret, told this once.
         */
        SecretOut: {
            /** Secret */
            secret: string;
        };
        /**
         * SentMessageOut
         * @description A message as whoever looks after its destination sees it.
         */
        SentMessageOut: {
            /** Id */
            id: string;
            /** What */
            what: string;
            /** Unit */
            unit: string;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "delivered" | "dead" | "dropped";
            /** Attempts */
            attempts: number;
            /** Said */
            said: string;
            /** Queued At */
            queued_at: string;
            /** Done At */
            done_at: string | null;
            /** Destination */
            destination: string;
            /** Next At */
            next_at: string;
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
         * SessionOut
         * @description Who is signed in, and which pages they may open.
         */
        SessionOut: {
            /** Accounts */
            accounts: boolean;
            /** Demo */
            demo: boolean;
            /** Signed In */
            signed_in: boolean;
            /** Account */
            account: string;
            /** Name */
            name: string;
            /** Roles */
            roles: string[];
            /** Grants */
            grants: components["schemas"]["GrantOut"][];
            /** Person */
            person: string;
            /** Pages */
            pages: string[];
            lock: components["schemas"]["LockOut"] | null;
            /**
             * Directory
             * @default
             */
            directory?: string;
            /**
             * Demo People
             * @default []
             */
            demo_people?: components["schemas"]["DemoPersonOut"][];
            /**
             * Demo Password
             * @default
             */
            demo_password?: string;
        };
        /**
         * SessionRowOut
         * @description Where an account is signed in.
         */
        SessionRowOut: {
            /** Signed In At */
            signed_in_at: string | null;
            /** Seen At */
            seen_at: string | null;
            /** Station */
            station: string;
            /** Locked */
            locked: boolean;
        };
        /**
         * SheetsOut
         * @description The topics that hours can be about, and the skill sheets in force.
         */
        SheetsOut: {
            /** Topics */
            topics: {
                [key: string]: string;
            };
            /** Sheets */
            sheets: components["schemas"]["SkillSheetOut"][];
        };
        /**
         * ShiftCheckOut
         * @description Who sits where, what this crew counts for, and what is missing.
         */
        ShiftCheckOut: {
            /** Unit */
            unit: string;
            /** At */
            at: string;
            /** You */
            you: string | null;
            /** You Aboard */
            you_aboard: string | null;
            /** Seats */
            seats: components["schemas"]["CheckedSeatOut"][];
            crew: components["schemas"]["CrewOut"];
            /** Missing */
            missing: string[];
        };
        /**
         * ShiftOut
         * @description A shift of a site, and its hours of the week.
         */
        ShiftOut: {
            /** Hours */
            hours: string;
            /** Name */
            name: string;
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
         * SignalsOut
         * @description Of a crew's phones, its safety, and what it asks for.
         */
        SignalsOut: {
            /** Phones */
            phones: number;
            mayday: components["schemas"]["MaydayOut"] | null;
            par: components["schemas"]["ParOut"] | null;
            /** Asks */
            asks: components["schemas"]["TransportAskOut"][];
        };
        /**
         * SilencedOut
         * @description That an alarm was taken, up to this step.
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
         * SkillSheetOut
         * @description A skill sheet: its steps and critical fails by key.
         */
        SkillSheetOut: {
            /** Id */
            id: string;
            /** Version */
            version: string;
            /** Title */
            title: string;
            /** Skill */
            skill: string;
            /** Levels */
            levels: string[];
            /** Approved */
            approved: boolean;
            /** Steps */
            steps: {
                [key: string]: string;
            };
            /** Critical */
            critical: {
                [key: string]: string;
            };
            /** Pass Points */
            pass_points: number;
            /** Source */
            source: string;
        };
        /**
         * SkillWordsOut
         * @description A skill.
         */
        SkillWordsOut: {
            /** Key */
            key: string;
            /** Name */
            name: string;
            /** Category */
            category: string;
        };
        /**
         * SoonOut
         * @description How soon something came about, over many arrests, in seconds from the first ring.
         */
        SoonOut: {
            /** N */
            n: number;
            /** Missing */
            missing: number;
            /** Wrong */
            wrong: number;
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
         * SpanOut
         * @description Days on which a credential stands in one way.
         */
        SpanOut: {
            /** Start */
            start: string;
            /** End */
            end: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "not_yet" | "live" | "restricted" | "suspended" | "lapsed" | "revoked" | "surrendered";
            /** Level */
            level: string;
            /** Words */
            words: string[];
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
         * StandingOfOut
         * @description Whether somebody holds a live licence, by what, and why or why not.
         */
        StandingOfOut: {
            /** Live */
            live: boolean;
            /**
             * By
             * @enum {string}
             */
            by: "licence" | "privilege" | "elsewhere" | "certificate" | "";
            /** Licence */
            licence: string;
            /** Level */
            level: string;
            /** Level Words */
            level_words: string;
            /** Practice */
            practice: string;
            /** Endorsements */
            endorsements: string[];
            /** Restrictions */
            restrictions: string[];
            /** Verified */
            verified: boolean;
            /** Until */
            until: string | null;
            /** Why */
            why: string;
        };
        /**
         * StandingOut
         * @description How a service stands that is not simply open; `service` "" is the whole hospital.
         */
        StandingOut: {
            /** Service */
            service: string;
            /** Words */
            words: string;
            /**
             * Level
             * @enum {string}
             */
            level: "advisory" | "diversion";
            /** Until */
            until: string | null;
            /** Reason */
            reason: string;
            /** Since */
            since: string;
            /** By */
            by: string;
        };
        /**
         * Station
         * @description What kind of place a session was begun at.
         * @enum {string}
         */
        Station: "desk" | "phone" | "wall" | "office";
        /**
         * StationKindOut
         * @description A kind of station: its key, and what people read.
         */
        StationKindOut: {
            key: components["schemas"]["Station"];
            /** Words */
            words: string;
        };
        /**
         * StationLineOut
         * @description What the station of a unit hears.
         */
        StationLineOut: {
            /** Unit */
            unit: string;
            /** Line */
            line: string;
            /** Paused */
            paused: string[];
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
         * StepOut
         * @description One thing to have or to do.
         */
        StepOut: {
            /** What */
            what: string;
            /**
             * State
             * @enum {string}
             */
            state: "met" | "to_do" | "blocked" | "unknown";
            /** Rule */
            rule: string;
            /** Source */
            source: string;
        };
        /**
         * StretchOut
         * @description A time with the same members on site: those who count, and those whose licence does not hold.
         */
        StretchOut: {
            /** Start */
            start: string;
            /** End */
            end: string;
            /** Who */
            who: string[];
            /** Not Counted */
            not_counted: string[];
            /** Enough */
            enough: boolean;
        };
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
         * StruckTimeOut
         * @description That a time was taken back.
         */
        StruckTimeOut: {
            /** Reason */
            reason: string;
            /** By */
            by: string;
            /** At */
            at: string;
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
         * TableRowOut
         * @description A skill, and its answer by level.
         */
        TableRowOut: {
            /** Skill */
            skill: string;
            /** Name */
            name: string;
            /** Category */
            category: string;
            /** Cells */
            cells: {
                [key: string]: components["schemas"]["CellOut"];
            };
        };
        /**
         * TeamIdOut
         * @description The team's id.
         */
        TeamIdOut: {
            /** Team */
            team: string;
        };
        /**
         * TeamOut
         * @description An employer's team on a site, and how many of it are enough.
         */
        TeamOut: {
            /** Id */
            id: string;
            /** Agency */
            agency: string;
            /** Site */
            site: string;
            /** State */
            state: string;
            /** Level */
            level: string;
            /** Asks */
            asks: string;
            /** Least */
            least: number;
            /** Shifts */
            shifts: components["schemas"]["ShiftOut"][];
            /** Members */
            members: components["schemas"]["MemberOut"][];
        };
        /**
         * TeamsOut
         * @description The response teams of the caller's agencies.
         */
        TeamsOut: {
            /** Teams */
            teams: components["schemas"]["TeamOut"][];
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
         * TimeEntryOut
         * @description One press of a step, as it was kept.
         */
        TimeEntryOut: {
            /** Id */
            id: string;
            /** Stamp */
            stamp: string;
            /** Element */
            element: string;
            /** At */
            at: string;
            /** Counts */
            counts: boolean;
            /** Flags */
            flags: components["schemas"]["FlagOut"][];
            /** Actor */
            actor: string;
            /** Basis */
            basis: string | null;
            /** Entered At */
            entered_at: string | null;
            /** Late S */
            late_s: number | null;
            /** Device */
            device: string | null;
            /** Device At */
            device_at: string | null;
            /** Offset S */
            offset_s: number | null;
            /** Skewed */
            skewed: boolean;
            struck: components["schemas"]["StruckTimeOut"] | null;
        };
        /**
         * TimeOut
         * @description What time it is here.
         */
        TimeOut: {
            /** At */
            at: string;
        };
        /**
         * TimeWarningOut
         * @description A rule of order that two times break.
         */
        TimeWarningOut: {
            /** Rule */
            rule: string;
            /** Stamp */
            stamp: string;
            /** Beside */
            beside: string;
            /** What */
            what: string;
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
         * TimesBeforeOut
         * @description The times of the call that the unit came from: they may still be completed.
         */
        TimesBeforeOut: {
            /** Call Id */
            call_id: string;
            route: components["schemas"]["CrewRouteOut"] | null;
            /** Stamps */
            stamps: {
                [key: string]: string;
            };
            /** Presses */
            presses: components["schemas"]["PressOut"][];
        };
        /**
         * TokenOut
         * @description A program's token, never its secret.
         */
        TokenOut: {
            /** Token */
            token: string;
            /** Agency */
            agency: string;
            /** Rules */
            rules: string[];
            /** Until */
            until: string;
            /** Per Minute */
            per_minute: number;
            /** Made At */
            made_at: string;
            /** Made By */
            made_by: string;
            /** Revoked At */
            revoked_at: string | null;
        };
        /**
         * TokenRuleOut
         * @description A rule that a token can be made for; `everywhere`: it is not held to an agency.
         */
        TokenRuleOut: {
            /** Rule */
            rule: string;
            /** Words */
            words: string;
            /** Everywhere */
            everywhere: boolean;
        };
        /**
         * TokensOut
         * @description The tokens within reach, and the rules that one can be made for.
         */
        TokensOut: {
            /** Tokens */
            tokens: components["schemas"]["TokenOut"][];
            /** Rules */
            rules: components["schemas"]["TokenRuleOut"][];
        };
        /**
         * TotpOut
         * @description A fresh secret for an app of codes, and its picture to scan.
         */
        TotpOut: {
            /** Secret */
            secret: string;
            /** Url */
            url: string;
            /** Svg */
            svg: string;
        };
        /**
         * TrackOut
         * @description The kept points of a unit's track.
         */
        TrackOut: {
            /** Unit */
            unit: string;
            /** Points */
            points: components["schemas"]["TrackPointOut"][];
        };
        /**
         * TrackPointOut
         * @description Where a unit was.
         */
        TrackPointOut: {
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** At */
            at: string;
            /** Accuracy M */
            accuracy_m: number | null;
            /** Speed Mps */
            speed_mps: number | null;
        };
        /**
         * TrainingOfOut
         * @description Somebody's courses, their hours, and what they still owe.
         */
        TrainingOfOut: {
            /** Person */
            person: string;
            /** On */
            on: string;
            /** Courses */
            courses: components["schemas"]["OwnCourseOut"][];
            /** Renewals */
            renewals: components["schemas"]["RenewalOut"][];
            /** Education */
            education: components["schemas"]["EducationOut"][];
        };
        /**
         * TransportAskOut
         * @description What a crew asked for, and what became of it; `answer` "" until somebody saw to it.
         */
        TransportAskOut: {
            /** Id */
            id: string;
            /** Call Id */
            call_id: string;
            /** Kind */
            kind: string;
            /** At */
            at: string;
            /** By */
            by: string;
            /** Answer */
            answer: string;
            /** Words */
            words: string;
            /** Answered At */
            answered_at: string | null;
            /** Answered By */
            answered_by: string;
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
         * TryOut
         * @description How a try at a skill sheet went.
         */
        TryOut: {
            /** Attempt */
            attempt: string;
            /** Passed */
            passed: boolean;
            /** Points */
            points: number;
            /** Of */
            of: number;
            /** Critical */
            critical: string[];
            /** Why */
            why: string;
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
         * UncountedEntryOut
         * @description Hours that do not count towards a renewal, and why.
         */
        UncountedEntryOut: {
            /** Entry */
            entry: string;
            /** Hours */
            hours: number;
            /** Why */
            why: string;
        };
        /**
         * UncountedOut
         * @description Hours that do not count, and why.
         */
        UncountedOut: {
            /** Hours */
            hours: number;
            /** Why */
            why: string;
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
            signals: components["schemas"]["SignalsOut"] | null;
            alarm: components["schemas"]["AlarmOut"] | null;
            /** Post */
            post: string | null;
            lent: components["schemas"]["LentByOut"] | null;
            /**
             * Gone
             * @default false
             */
            gone?: boolean;
        };
        /**
         * UnitTimesOut
         * @description A unit's times of a call.
         */
        UnitTimesOut: {
            /** Unit */
            unit: string;
            /** Call Sign */
            call_sign: string;
            /** Call Id */
            call_id: string;
            /** Runs */
            runs: components["schemas"]["RunOut"][];
        };
        /**
         * UnitsCrewOut
         * @description A unit's crew, and who of its volunteers is on call; null for nobody.
         */
        UnitsCrewOut: {
            /** Unit */
            unit: string;
            crew: components["schemas"]["CrewOut"];
            on_call: components["schemas"]["OnCallOut"] | null;
        };
        /**
         * UnitsPrealertOut
         * @description What a unit told, whom, and what became of it.
         */
        UnitsPrealertOut: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Words */
            words: string;
            /** Code */
            code: string;
            /** Age */
            age: number | null;
            /** Age Unit */
            age_unit: string;
            /** Sex */
            sex: string;
            /** Complaint */
            complaint: string;
            /** Sent At */
            sent_at: string;
            /** Sent By */
            sent_by: string;
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string;
            /** Hospital */
            hospital: string;
            /** Ended At */
            ended_at: string | null;
            /** Ended Because */
            ended_because: string;
        };
        /**
         * UnitsPrealertsOut
         * @description What was told about the patients of a unit's call; "" while it is on none.
         */
        UnitsPrealertsOut: {
            /** Call Id */
            call_id: string;
            /** Prealerts */
            prealerts: components["schemas"]["UnitsPrealertOut"][];
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
         * VocabularyOut
         * @description The words that a question is made of, the place served ("" for none) and the day it is there.
         */
        VocabularyOut: {
            /** Today */
            today: string;
            /** Place */
            place: string;
            /** Time Zone */
            time_zone: string;
            /** Levels */
            levels: components["schemas"]["LevelWordsOut"][];
            /** Skills */
            skills: components["schemas"]["SkillWordsOut"][];
            /** Places */
            places: components["schemas"]["PlaceWordsOut"][];
            /** Endorsements */
            endorsements: string[];
            /** Roles */
            roles: components["schemas"]["WordOut"][];
            /** Settings */
            settings: components["schemas"]["WordOut"][];
            /** Routes */
            routes: components["schemas"]["WordOut"][];
            /** Orders */
            orders: components["schemas"]["WordOut"][];
            /** Facts */
            facts: components["schemas"]["WordOut"][];
        };
        /**
         * VolunteersOut
         * @description How many of those on call come, by unit, without names.
         */
        VolunteersOut: {
            /** Call Sign */
            call_sign: string;
            /** Words */
            words: string;
            /** Missing */
            missing: string;
        };
        /**
         * WallInboundOut
         * @description A unit that comes, and what it was announced for.
         */
        WallInboundOut: {
            /** Call Sign */
            call_sign: string;
            /**
             * State
             * @enum {string}
             */
            state: "to_come" | "on_the_way" | "here" | "accepted";
            /** Eta */
            eta: string | null;
            /** Announced */
            announced: string[];
        };
        /**
         * WallOut
         * @description What a wall shows that locked itself: nothing of any patient.
         */
        WallOut: {
            hospital: components["schemas"]["HospitalOut"];
            /** At */
            at: string;
            /** Time Zone */
            time_zone: string;
            /** Inbound */
            inbound: components["schemas"]["WallInboundOut"][];
        };
        /**
         * WarningsOut
         * @description What somebody is told along with it.
         */
        WarningsOut: {
            /** Warnings */
            warnings: string[];
        };
        /**
         * WayOut
         * @description One way to practise there, or why it is closed; a note has no verdict.
         */
        WayOut: {
            /** Way */
            way: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "open" | "to_do" | "closed" | "unknown" | "";
            /** What */
            what: string;
            /** Steps */
            steps: components["schemas"]["StepOut"][];
            /** Rule */
            rule: string;
            /** Source */
            source: string;
            /** Start */
            start: string | null;
            /** End */
            end: string | null;
            /** Confidence */
            confidence: string;
            /** Unconfirmed */
            unconfirmed: boolean;
            /** Note */
            note: string;
        };
        /**
         * WayStepOut
         * @description A step, and of which way it is.
         */
        WayStepOut: {
            /** Way */
            way: string;
            /** What */
            what: string;
            /**
             * State
             * @enum {string}
             */
            state: "met" | "to_do" | "blocked" | "unknown";
            /** Rule */
            rule: string;
            /** Source */
            source: string;
        };
        /**
         * What
         * @description What a message is about.
         * @enum {string}
         */
        What: "station_alert" | "station_cancel" | "escalation" | "page" | "stand_down" | "test";
        /**
         * Why
         * @description What kind of reason it is.
         * @enum {string}
         */
        Why: "care" | "safety" | "rights" | "other";
        /**
         * WordOut
         * @description A choice: its key, and what people read.
         */
        WordOut: {
            /** Key */
            key: string;
            /** Name */
            name: string;
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
        /**
         * WordsOut
         * @description A choice: its key, and what people read.
         */
        WordsOut: {
            /** Key */
            key: string;
            /** Words */
            words: string;
        };
        /**
         * WorthOut
         * @description The minutes a team gains in a year beside the hours it costs.
         */
        WorthOut: {
            /** Team */
            team: string;
            /** Members */
            members: number;
            /** Covered */
            covered: number;
            /** Gained Min Per Call */
            gained_min_per_call: number;
            /** Answered Per Year */
            answered_per_year: number;
            /** Gained Min Per Year */
            gained_min_per_year: number;
            /** Training H */
            training_h: number;
            /** Response H */
            response_h: number;
            /** Away H */
            away_h: number;
            /** Gained Min Per Hour Away */
            gained_min_per_hour_away: number | null;
            /** Words */
            words: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AboardOut = components['schemas']['AboardOut'];
export type AcceptedOut = components['schemas']['AcceptedOut'];
export type AccountNameOut = components['schemas']['AccountNameOut'];
export type AccountOut = components['schemas']['AccountOut'];
export type AcknowledgedOut = components['schemas']['AcknowledgedOut'];
export type AffiliationOut = components['schemas']['AffiliationOut'];
export type AgainstOut = components['schemas']['AgainstOut'];
export type AidOut = components['schemas']['AidOut'];
export type AidRequestOut = components['schemas']['AidRequestOut'];
export type AidScopeOut = components['schemas']['AidScopeOut'];
export type AlarmOut = components['schemas']['AlarmOut'];
export type AlertIdOut = components['schemas']['AlertIdOut'];
export type AnswerKeyOut = components['schemas']['AnswerKeyOut'];
export type AnsweredOut = components['schemas']['AnsweredOut'];
export type ApprovalIdOut = components['schemas']['ApprovalIdOut'];
export type ApprovalOut = components['schemas']['ApprovalOut'];
export type ArrestsOut = components['schemas']['ArrestsOut'];
export type AskedOut = components['schemas']['AskedOut'];
export type AttemptOut = components['schemas']['AttemptOut'];
export type BadFileOut = components['schemas']['BadFileOut'];
export type BarOut = components['schemas']['BarOut'];
export type BareAnswerOut = components['schemas']['BareAnswerOut'];
export type BedsOut = components['schemas']['BedsOut'];
export type BoardOut = components['schemas']['BoardOut'];
export type CalendarOut = components['schemas']['CalendarOut'];
export type CallNoteOut = components['schemas']['CallNoteOut'];
export type CallOnBoardOut = components['schemas']['CallOnBoardOut'];
export type CallOut = components['schemas']['CallOut'];
export type CallPageOut = components['schemas']['CallPageOut'];
export type CallPagesOut = components['schemas']['CallPagesOut'];
export type CallbackOut = components['schemas']['CallbackOut'];
export type CallsPageOut = components['schemas']['CallsPageOut'];
export type CancelledOut = components['schemas']['CancelledOut'];
export type CardNameOut = components['schemas']['CardNameOut'];
export type CardOut = components['schemas']['CardOut'];
export type CellOut = components['schemas']['CellOut'];
export type ChainOut = components['schemas']['ChainOut'];
export type ChangeOut = components['schemas']['ChangeOut'];
export type ChannelIdOut = components['schemas']['ChannelIdOut'];
export type ChannelOut = components['schemas']['ChannelOut'];
export type CheckOut = components['schemas']['CheckOut'];
export type CheckedSeatOut = components['schemas']['CheckedSeatOut'];
export type ChecklistOut = components['schemas']['ChecklistOut'];
export type ChecklistsOut = components['schemas']['ChecklistsOut'];
export type ChoiceOut = components['schemas']['ChoiceOut'];
export type ChoicesOut = components['schemas']['ChoicesOut'];
export type ChosenOut = components['schemas']['ChosenOut'];
export type ClaimOut = components['schemas']['ClaimOut'];
export type ClockOut = components['schemas']['ClockOut'];
export type CoResponderOut = components['schemas']['CoResponderOut'];
export type CompletionOut = components['schemas']['CompletionOut'];
export type CorrectedOut = components['schemas']['CorrectedOut'];
export type CourseHoursOut = components['schemas']['CourseHoursOut'];
export type CourseOut = components['schemas']['CourseOut'];
export type CourseWholeOut = components['schemas']['CourseWholeOut'];
export type CoursesOut = components['schemas']['CoursesOut'];
export type CoverageOut = components['schemas']['CoverageOut'];
export type CoveredShiftOut = components['schemas']['CoveredShiftOut'];
export type CredentialIdOut = components['schemas']['CredentialIdOut'];
export type CredentialOut = components['schemas']['CredentialOut'];
export type CreditOut = components['schemas']['CreditOut'];
export type CrewChangeOut = components['schemas']['CrewChangeOut'];
export type CrewLimitOut = components['schemas']['CrewLimitOut'];
export type CrewLimitsOut = components['schemas']['CrewLimitsOut'];
export type CrewOut = components['schemas']['CrewOut'];
export type CrewRouteOut = components['schemas']['CrewRouteOut'];
export type CrewViewOut = components['schemas']['CrewViewOut'];
export type CrewsCallOut = components['schemas']['CrewsCallOut'];
export type CrewsUnitOut = components['schemas']['CrewsUnitOut'];
export type DecisionOut = components['schemas']['DecisionOut'];
export type DemoPersonOut = components['schemas']['DemoPersonOut'];
export type DestinationEntryOut = components['schemas']['DestinationEntryOut'];
export type DestinationIdOut = components['schemas']['DestinationIdOut'];
export type DestinationOut = components['schemas']['DestinationOut'];
export type DestinationsOut = components['schemas']['DestinationsOut'];
export type Detail = components['schemas']['Detail'];
export type DeterminantOut = components['schemas']['DeterminantOut'];
export type DiffRowOut = components['schemas']['DiffRowOut'];
export type DispositionKindOut = components['schemas']['DispositionKindOut'];
export type DispositionsOut = components['schemas']['DispositionsOut'];
export type DisputeOut = components['schemas']['DisputeOut'];
export type DisputesOut = components['schemas']['DisputesOut'];
export type DistributiveOut = components['schemas']['DistributiveOut'];
export type DivertingOut = components['schemas']['DivertingOut'];
export type DraftEntryOut = components['schemas']['DraftEntryOut'];
export type DraftOut = components['schemas']['DraftOut'];
export type DueOut = components['schemas']['DueOut'];
export type DutyOut = components['schemas']['DutyOut'];
export type EarlierCallOut = components['schemas']['EarlierCallOut'];
export type EarlierOut = components['schemas']['EarlierOut'];
export type EducationOut = components['schemas']['EducationOut'];
export type EndsOut = components['schemas']['EndsOut'];
export type EntryIdOut = components['schemas']['EntryIdOut'];
export type ExpectedOut = components['schemas']['ExpectedOut'];
export type ExpiringOut = components['schemas']['ExpiringOut'];
export type ExpiryOfOut = components['schemas']['ExpiryOfOut'];
export type ExpiryOut = components['schemas']['ExpiryOut'];
export type FactOut = components['schemas']['FactOut'];
export type FindingOut = components['schemas']['FindingOut'];
export type FitsOut = components['schemas']['FitsOut'];
export type FlagOut = components['schemas']['FlagOut'];
export type FollowUpOut = components['schemas']['FollowUpOut'];
export type FoundPlaceOut = components['schemas']['FoundPlaceOut'];
export type GapOut = components['schemas']['GapOut'];
export type GivenAnswerOut = components['schemas']['GivenAnswerOut'];
export type GivenOut = components['schemas']['GivenOut'];
export type GlassOut = components['schemas']['GlassOut'];
export type GoingOut = components['schemas']['GoingOut'];
export type GrantOut = components['schemas']['GrantOut'];
export type HandedOverOut = components['schemas']['HandedOverOut'];
export type HeldSessionOut = components['schemas']['HeldSessionOut'];
export type HoldOut = components['schemas']['HoldOut'];
export type HospitalNameOut = components['schemas']['HospitalNameOut'];
export type HospitalOnBoardOut = components['schemas']['HospitalOnBoardOut'];
export type HospitalOut = components['schemas']['HospitalOut'];
export type HospitalViewOut = components['schemas']['HospitalViewOut'];
export type HospitalsOut = components['schemas']['HospitalsOut'];
export type HourRangeOut = components['schemas']['HourRangeOut'];
export type ImmunisationOut = components['schemas']['ImmunisationOut'];
export type ImportReportOut = components['schemas']['ImportReportOut'];
export type InboundOut = components['schemas']['InboundOut'];
export type InterpreterOut = components['schemas']['InterpreterOut'];
export type IssuedTokenOut = components['schemas']['IssuedTokenOut'];
export type ItemOut = components['schemas']['ItemOut'];
export type KeyOut = components['schemas']['KeyOut'];
export type Kind = components['schemas']['Kind'];
export type KnownCallOut = components['schemas']['KnownCallOut'];
export type LackingOut = components['schemas']['LackingOut'];
export type LentByOut = components['schemas']['LentByOut'];
export type LentOut = components['schemas']['LentOut'];
export type LevelWordsOut = components['schemas']['LevelWordsOut'];
export type LicenceHereOut = components['schemas']['LicenceHereOut'];
export type LimitOut = components['schemas']['LimitOut'];
export type LimitsOut = components['schemas']['LimitsOut'];
export type LineOut = components['schemas']['LineOut'];
export type LinkKeyOut = components['schemas']['LinkKeyOut'];
export type LocationOut = components['schemas']['LocationOut'];
export type LockOut = components['schemas']['LockOut'];
export type LookedUpOut = components['schemas']['LookedUpOut'];
export type MadeTokenOut = components['schemas']['MadeTokenOut'];
export type MayOut = components['schemas']['MayOut'];
export type MaySendOut = components['schemas']['MaySendOut'];
export type MaySkillOut = components['schemas']['MaySkillOut'];
export type MaydayOut = components['schemas']['MaydayOut'];
export type MeasuresOut = components['schemas']['MeasuresOut'];
export type MemberOut = components['schemas']['MemberOut'];
export type MessageOut = components['schemas']['MessageOut'];
export type MoveOut = components['schemas']['MoveOut'];
export type MoveUpOut = components['schemas']['MoveUpOut'];
export type NatureOut = components['schemas']['NatureOut'];
export type NearCallOut = components['schemas']['NearCallOut'];
export type NearDraftOut = components['schemas']['NearDraftOut'];
export type NeighbourOut = components['schemas']['NeighbourOut'];
export type NeighboursOut = components['schemas']['NeighboursOut'];
export type NotComingOut = components['schemas']['NotComingOut'];
export type NoteAtPlaceOut = components['schemas']['NoteAtPlaceOut'];
export type NoteOnCallOut = components['schemas']['NoteOnCallOut'];
export type NoteOut = components['schemas']['NoteOut'];
export type NoteShownOut = components['schemas']['NoteShownOut'];
export type NotesOut = components['schemas']['NotesOut'];
export type NumberOut = components['schemas']['NumberOut'];
export type OnCallOut = components['schemas']['OnCallOut'];
export type OpenedOut = components['schemas']['OpenedOut'];
export type OtherPositionOut = components['schemas']['OtherPositionOut'];
export type OtherUnitOut = components['schemas']['OtherUnitOut'];
export type OwesOut = components['schemas']['OwesOut'];
export type OwnAlertOut = components['schemas']['OwnAlertOut'];
export type OwnCourseOut = components['schemas']['OwnCourseOut'];
export type OwnPageOut = components['schemas']['OwnPageOut'];
export type OwnPagesOut = components['schemas']['OwnPagesOut'];
export type OwnUnitOut = components['schemas']['OwnUnitOut'];
export type OwnUnitsOut = components['schemas']['OwnUnitsOut'];
export type PagedPersonOut = components['schemas']['PagedPersonOut'];
export type ParOut = components['schemas']['ParOut'];
export type PartOut = components['schemas']['PartOut'];
export type PassedOverFacilityOut = components['schemas']['PassedOverFacilityOut'];
export type PassedOverOut = components['schemas']['PassedOverOut'];
export type PathOut = components['schemas']['PathOut'];
export type PeopleOut = components['schemas']['PeopleOut'];
export type PersonIdOut = components['schemas']['PersonIdOut'];
export type PersonInCourseOut = components['schemas']['PersonInCourseOut'];
export type PersonOut = components['schemas']['PersonOut'];
export type PersonRowOut = components['schemas']['PersonRowOut'];
export type PlaceOut = components['schemas']['PlaceOut'];
export type PlaceWordsOut = components['schemas']['PlaceWordsOut'];
export type PlacesOut = components['schemas']['PlacesOut'];
export type PositionOut = components['schemas']['PositionOut'];
export type PositionTokenOut = components['schemas']['PositionTokenOut'];
export type PrealertIdOut = components['schemas']['PrealertIdOut'];
export type PrealertOut = components['schemas']['PrealertOut'];
export type PremiseNoteOut = components['schemas']['PremiseNoteOut'];
export type PremiseOut = components['schemas']['PremiseOut'];
export type PressOut = components['schemas']['PressOut'];
export type PriorityMeasureOut = components['schemas']['PriorityMeasureOut'];
export type ProgrammeApprovalOut = components['schemas']['ProgrammeApprovalOut'];
export type ProgrammeApprovalsOut = components['schemas']['ProgrammeApprovalsOut'];
export type ProposalOut = components['schemas']['ProposalOut'];
export type ProposalsOut = components['schemas']['ProposalsOut'];
export type ProposedOut = components['schemas']['ProposedOut'];
export type ProtocolOut = components['schemas']['ProtocolOut'];
export type QuestionOut = components['schemas']['QuestionOut'];
export type ReadOut = components['schemas']['ReadOut'];
export type ReadUnderOut = components['schemas']['ReadUnderOut'];
export type ReassessedOut = components['schemas']['ReassessedOut'];
export type RecommendationOut = components['schemas']['RecommendationOut'];
export type Refusal = components['schemas']['Refusal'];
export type RegionOut = components['schemas']['RegionOut'];
export type RenewalOut = components['schemas']['RenewalOut'];
export type RenewalProgressOut = components['schemas']['RenewalProgressOut'];
export type ReopenedOut = components['schemas']['ReopenedOut'];
export type ReportLineOut = components['schemas']['ReportLineOut'];
export type ReportedOut = components['schemas']['ReportedOut'];
export type ResponseOut = components['schemas']['ResponseOut'];
export type ReviewOut = components['schemas']['ReviewOut'];
export type RingBackOut = components['schemas']['RingBackOut'];
export type RosterFaultOut = components['schemas']['RosterFaultOut'];
export type RosterLineOut = components['schemas']['RosterLineOut'];
export type RosterOut = components['schemas']['RosterOut'];
export type RosteredOut = components['schemas']['RosteredOut'];
export type RouteOut = components['schemas']['RouteOut'];
export type RunOut = components['schemas']['RunOut'];
export type SaidSafeOut = components['schemas']['SaidSafeOut'];
export type SameCallOut = components['schemas']['SameCallOut'];
export type ScopeDiffOut = components['schemas']['ScopeDiffOut'];
export type ScopeHereOut = components['schemas']['ScopeHereOut'];
export type ScopeTableOut = components['schemas']['ScopeTableOut'];
export type ScriptOut = components['schemas']['ScriptOut'];
export type ScriptStepOut = components['schemas']['ScriptStepOut'];
export type SeatOut = components['schemas']['SeatOut'];
export type SecretOut = components['schemas']['SecretOut'];
export type SentMessageOut = components['schemas']['SentMessageOut'];
export type ServiceOut = components['schemas']['ServiceOut'];
export type ServicesOut = components['schemas']['ServicesOut'];
export type SessionOut = components['schemas']['SessionOut'];
export type SessionRowOut = components['schemas']['SessionRowOut'];
export type SheetsOut = components['schemas']['SheetsOut'];
export type ShiftCheckOut = components['schemas']['ShiftCheckOut'];
export type ShiftOut = components['schemas']['ShiftOut'];
export type ShortfallOut = components['schemas']['ShortfallOut'];
export type SignalsOut = components['schemas']['SignalsOut'];
export type SilencedOut = components['schemas']['SilencedOut'];
export type SkillSheetOut = components['schemas']['SkillSheetOut'];
export type SkillWordsOut = components['schemas']['SkillWordsOut'];
export type SoonOut = components['schemas']['SoonOut'];
export type SpanOut = components['schemas']['SpanOut'];
export type StagingOut = components['schemas']['StagingOut'];
export type StagingReasonsOut = components['schemas']['StagingReasonsOut'];
export type StandDownOut = components['schemas']['StandDownOut'];
export type StandingOfOut = components['schemas']['StandingOfOut'];
export type StandingOut = components['schemas']['StandingOut'];
export type Station = components['schemas']['Station'];
export type StationKindOut = components['schemas']['StationKindOut'];
export type StationLineOut = components['schemas']['StationLineOut'];
export type StationOut = components['schemas']['StationOut'];
export type Status = components['schemas']['Status'];
export type StepOut = components['schemas']['StepOut'];
export type StretchOut = components['schemas']['StretchOut'];
export type StruckOut = components['schemas']['StruckOut'];
export type StruckTimeOut = components['schemas']['StruckTimeOut'];
export type SuggestionOut = components['schemas']['SuggestionOut'];
export type TableRowOut = components['schemas']['TableRowOut'];
export type TeamIdOut = components['schemas']['TeamIdOut'];
export type TeamOut = components['schemas']['TeamOut'];
export type TeamsOut = components['schemas']['TeamsOut'];
export type TextLineOut = components['schemas']['TextLineOut'];
export type TimeEntryOut = components['schemas']['TimeEntryOut'];
export type TimeOut = components['schemas']['TimeOut'];
export type TimeWarningOut = components['schemas']['TimeWarningOut'];
export type TimelineOut = components['schemas']['TimelineOut'];
export type TimesBeforeOut = components['schemas']['TimesBeforeOut'];
export type TokenOut = components['schemas']['TokenOut'];
export type TokenRuleOut = components['schemas']['TokenRuleOut'];
export type TokensOut = components['schemas']['TokensOut'];
export type TotpOut = components['schemas']['TotpOut'];
export type TrackOut = components['schemas']['TrackOut'];
export type TrackPointOut = components['schemas']['TrackPointOut'];
export type TrainingOfOut = components['schemas']['TrainingOfOut'];
export type TransportAskOut = components['schemas']['TransportAskOut'];
export type TriageOut = components['schemas']['TriageOut'];
export type TriagedOut = components['schemas']['TriagedOut'];
export type TryOut = components['schemas']['TryOut'];
export type UnansweredOut = components['schemas']['UnansweredOut'];
export type UncountedEntryOut = components['schemas']['UncountedEntryOut'];
export type UncountedOut = components['schemas']['UncountedOut'];
export type UnitOnCallOut = components['schemas']['UnitOnCallOut'];
export type UnitOut = components['schemas']['UnitOut'];
export type UnitTimesOut = components['schemas']['UnitTimesOut'];
export type UnitsCrewOut = components['schemas']['UnitsCrewOut'];
export type UnitsPrealertOut = components['schemas']['UnitsPrealertOut'];
export type UnitsPrealertsOut = components['schemas']['UnitsPrealertsOut'];
export type VersionOut = components['schemas']['VersionOut'];
export type VocabularyOut = components['schemas']['VocabularyOut'];
export type VolunteersOut = components['schemas']['VolunteersOut'];
export type WallInboundOut = components['schemas']['WallInboundOut'];
export type WallOut = components['schemas']['WallOut'];
export type WarningsOut = components['schemas']['WarningsOut'];
export type WayOut = components['schemas']['WayOut'];
export type WayStepOut = components['schemas']['WayStepOut'];
export type What = components['schemas']['What'];
export type Why = components['schemas']['Why'];
export type WordOut = components['schemas']['WordOut'];
export type WordedOut = components['schemas']['WordedOut'];
export type WordsOut = components['schemas']['WordsOut'];
export type WorthOut = components['schemas']['WorthOut'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

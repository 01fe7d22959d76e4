/** The shapes of the workforce's API. Days are 2026-05-04; spans are half open: `end` is the first day it no longer holds. */

import type * as server from "../api/generated";

// ---- Scope ----

export type LevelWords = server.LevelWordsOut;

export type SkillWords = server.SkillWordsOut;

export type PlaceWords = server.PlaceWordsOut;

export type Word = server.WordOut;

export type Vocabulary = server.VocabularyOut;

export type Finding = server.FindingOut;

/** Somebody's word that a rule is wrong. */
export type Dispute = server.DisputeOut;

export type Decision = server.DecisionOut;

export type Cell = server.CellOut;

export type ScopeTable = server.ScopeTableOut;

export type ScopeDiff = server.ScopeDiffOut;

// ---- People ----

export type Affiliation = server.AffiliationOut;

export type Standing = server.StandingOfOut;

export type Expiry = server.ExpiryOfOut;

export type PersonRow = server.PersonRowOut;

export type People = server.PeopleOut;

export type CredentialStatus = "not_yet" | "live" | "restricted" | "suspended" | "lapsed" | "revoked" | "surrendered";

export type Span = server.SpanOut;

export type Change = server.ChangeOut;

export type Credential = server.CredentialOut;

export type Person = server.PersonOut;

export type Proposal = server.ProposalOut;

export type ImportReport = server.ImportReportOut;

export type Lacking = server.LackingOut;

export type MaySkill = server.MaySkillOut;

export type OwnPage = server.OwnPageOut;

// ---- Moving ----

export type MovingStep = server.StepOut;

export type MovingWay = server.WayOut;

export type MovingPath = server.PathOut;

// ---- Training ----

export type HourRange = server.HourRangeOut;

export type CourseHours = server.CourseHoursOut;

export type Course = server.CourseOut;

export type InCourse = Omit<server.PersonInCourseOut, "person">;

export type Attempt = server.AttemptOut;

export type CourseWhole = server.CourseWholeOut;

export type SkillSheet = server.SkillSheetOut;

export type RenewalProgress = server.RenewalProgressOut;

export type Renewal = server.RenewalOut;

export type TrainingOf = server.TrainingOfOut;

export type Team = server.TeamOut;

export type Coverage = server.CoverageOut;

export type Worth = server.WorthOut;

// ---- Crews ----

export type CrewCounts = server.CrewOut;

export type UnitCrew = server.UnitsCrewOut;

export type SeatRow = server.SeatOut;

export type Aboard = server.AboardOut;

export type Roster = server.RosterOut;

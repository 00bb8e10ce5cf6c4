package ui

import "backstop/app/say"

// The words of the record. It keeps them in English whatever is spoken, and so do the packages that write them; here they are marked for
// the catalogue.

// Of entries: what they are about, and what was done.
var _ = [...]string{
	say.N("incident"), say.N("execution"), say.N("file"), say.N("source"), say.N("question"), say.N("routine"), say.N("risk"), say.N("user"), say.N("setting"), say.N("database"),

	say.N("activated"), say.N("added"), say.N("alias added"), say.N("alias changed"), say.N("alias removed"), say.N("answered"), say.N("asked"), say.N("assigned"),
	say.N("branch added"), say.N("branch given"), say.N("branch taken"), say.N("calendar added"), say.N("calendar changed"), say.N("calendar removed"), say.N("came back"),
	say.N("category added"), say.N("category renamed"), say.N("category retired"), say.N("category taken back"), say.N("changed"), say.N("changed by evidence"),
	say.N("clock accepted"), say.N("closed"), say.N("copied"), say.N("data came"), say.N("deactivated"), say.N("enabled again"), say.N("evidence changed"), say.N("exported"),
	say.N("files ignored"), say.N("files no longer ignored"), say.N("found"), say.N("ignored"), say.N("imported"), say.N("judged again"), say.N("kept files left"),
	say.N("kept files read again"), say.N("legal hold"),
	say.N("legal hold released"), say.N("location added"), say.N("location changed"), say.N("location removed"), say.N("lock changed"), say.N("mapping added"),
	say.N("mapping changed"), say.N("mapping removed"), say.N("merged"), say.N("noted"), say.N("opened"), say.N("password changed"), say.N("password given"),
	say.N("password reset"), say.N("proposal dismissed"), say.N("pruned"), say.N("read again"), say.N("removed"), say.N("renamed"), say.N("reopened"),
	say.N("report scheduled"), say.N("report unscheduled"), say.N("reported"), say.N("restored"), say.N("retention"), say.N("role changed"), say.N("routines moved"),
	say.N("routines moved back"), say.N("rules changed"), say.N("run moved"), say.N("sight changed"), say.N("sign-in failed"), say.N("signed in"), say.N("signed out"),
	say.N("status mapped"), say.N("status reset"), say.N("taken in"), say.N("taken over"), say.N("told by the tool"), say.N("tool changed"), say.N("tried again"),
	say.N("unmerged"),
}

// Of details: their names.
var _ = [...]string{
	say.N("afterwards"), say.N("alias"), say.N("analyses off"), say.N("answer"), say.N("applied"), say.N("asked"), say.N("assignee"), say.N("blackouts"), say.N("branch"),
	say.N("built-in"), say.N("by"), say.N("by incident"), say.N("calendar"), say.N("cancelled opens"), say.N("category"), say.N("cause"), say.N("client"), say.N("clients"),
	say.N("clock"), say.N("closing"), say.N("code"), say.N("code page"), say.N("company"), say.N("compared"), say.N("copy of"), say.N("covered until"), say.N("date order"),
	say.N("description"), say.N("disabled"), say.N("due"), say.N("e-mail"), say.N("end"), say.N("ended"), say.N("entry"), say.N("error"), say.N("evidence"),
	say.N("executions"), say.N("expected"), say.N("failed run"), say.N("failure"), say.N("files"), say.N("folder"), say.N("for everybody"), say.N("format"), say.N("from"),
	say.N("grace"), say.N("head"), say.N("holidays"), say.N("imported"), say.N("incidents"), say.N("incidents since"), say.N("instance"), say.N("into"), say.N("judged from"),
	say.N("kept aside"), say.N("kept files"), say.N("keys"), say.N("kind"), say.N("known already"), say.N("last run"), say.N("last seen"), say.N("left"), say.N("level"), say.N("limit"), say.N("location"),
	say.N("locked after"), say.N("lost head"), say.N("mapping"), say.N("missed meanwhile"), say.N("moved"), say.N("name"), say.N("new"), say.N("not opened"), say.N("not read"), say.N("note"),
	say.N("noticed"), say.N("offered"), say.N("offered to be closed as Success"), say.N("old failures"), say.N("on hold"), say.N("open"), say.N("opens an incident"),
	say.N("others ran"), say.N("outcome"), say.N("outcomes"), say.N("parent"), say.N("partial opens"), say.N("path"), say.N("paused"), say.N("period"), say.N("proposed"),
	say.N("ran"), say.N("raw logs"), say.N("read as"), say.N("reason"), say.N("restores open"), say.N("rhythm"), say.N("role"), say.N("routines"), say.N("rows"),
	say.N("rule"), say.N("rules"), say.N("schedule"), say.N("sees"), say.N("server"), say.N("session"), say.N("sessions"), say.N("silent since"), say.N("solution"),
	say.N("stalled after"), say.N("start"), say.N("started"), say.N("started before"), say.N("state"), say.N("status"), say.N("step"), say.N("team"), say.N("template"),
	say.N("title"), say.N("to"), say.N("tool"), say.N("until"), say.N("updated"), say.N("users"), say.N("usual"), say.N("value"), say.N("vital"), say.N("when"), say.N("why"),
	say.N("zone"),
}

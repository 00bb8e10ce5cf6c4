package report

import "backstop/app/say"

// Colour is the ground and the ink of a word or a day, six hexadecimal digits each.
type Colour struct{ Fill, Ink string }

// Words are the colours of the program's chips, by the word that stands in the cell: colour is never alone.
var Words = map[string]Colour{
	say.N("New"):         {"FFFFFF", "39424D"},
	say.N("In Progress"): {"DCE9FB", "134A9C"},
	say.N("On Hold"):     {"FFF1C2", "6B4A00"},
	say.N("Merged"):      {"E8EAED", "4A5360"},

	say.N("Success"):       {"D9F2E1", "14612F"},
	say.N("Missed (lost)"): {"FBDDDD", "9B1C1C"},
	say.N("Reprocessed"):   {"1F5FBF", "FFFFFF"},

	say.N("success"):       {"D9F2E1", "14612F"},
	say.N("partial"):       {"FFE3CC", "8A3D00"},
	say.N("failed"):        {"FBDDDD", "9B1C1C"},
	say.N("did not start"): {"FBDDDD", "9B1C1C"},
	say.N("cancelled"):     {"E8EAED", "4A5360"},
	say.N("running"):       {"DCE9FB", "134A9C"},
}

// The colours of charts: those of the panel, which are stronger than chips.
const (
	red    = "C73A3A"
	yellow = "E0B000"
	orange = "E07A1F"
	blue   = "2F6BCB"
	slate  = "4A5360"
	green  = "28794C"
	silver = "C9CFD6"
	rose   = "E39A9A" // did not start, beside the red of failed
	text   = "1B1F24"
	muted  = "5B6673"
	ground = "F4F6F8"
	strong = "1F5FBF"
)

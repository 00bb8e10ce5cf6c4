package report

// Colour is the ground and the ink of a word or a day, six hexadecimal digits each.
type Colour struct{ Fill, Ink string }

// Words are the colours of the program's chips, by the word that stands in the cell: colour is never alone.
var Words = map[string]Colour{
	"New":         {"FFFFFF", "39424D"},
	"In Progress": {"DCE9FB", "134A9C"},
	"On Hold":     {"FFF1C2", "6B4A00"},
	"Merged":      {"E8EAED", "4A5360"},

	"Success":       {"D9F2E1", "14612F"},
	"Missed (lost)": {"FBDDDD", "9B1C1C"},
	"Reprocessed":   {"1F5FBF", "FFFFFF"},

	"success":       {"D9F2E1", "14612F"},
	"partial":       {"FFE3CC", "8A3D00"},
	"failed":        {"FBDDDD", "9B1C1C"},
	"did not start": {"FBDDDD", "9B1C1C"},
	"cancelled":     {"E8EAED", "4A5360"},
	"running":       {"DCE9FB", "134A9C"},
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

package backup

import (
	"strings"
	"unicode/utf8"

	"backstop/app/say"
)

// Placing is a rule that says which branch a routine belongs to, whatever the branch of the source that reports it.
type Placing struct {
	Client  bool   // the pattern is of the client's name; else of the routine's
	Pattern string // of the whole name, whatever the case: * stands for any letters, ? for one
	Branch  int64
}

// Check refuses a rule that cannot be used.
func (p Placing) Check() error {
	switch {
	case strings.Trim(p.Pattern, "* \t") == "":
		return say.Error("say more of the name than that: every routine would belong there. A branch for all of a source is set with the source")
	case p.Branch == 0:
		return say.Error("choose the branch that it belongs to")
	}
	return nil
}

// BranchOf is the branch that the first fitting rule puts a routine in; 0: none fits, and it belongs where its source does.
func BranchOf(rules []Placing, routine, client string) int64 {
	for _, r := range rules {
		name := routine
		if r.Client {
			name = client
		}
		if fits(strings.ToLower(r.Pattern), strings.ToLower(name)) {
			return r.Branch
		}
	}
	return 0
}

// fits goes back to the last star alone, so that no pattern takes long.
func fits(pattern, name string) bool {
	star, from := "", "" // what is behind the last star, and where in the name that was tried last
	starred := false
	for name != "" {
		p, plen := utf8.DecodeRuneInString(pattern)
		n, nlen := utf8.DecodeRuneInString(name)
		switch {
		case pattern != "" && p == '*':
			pattern = pattern[plen:]
			star, from, starred = pattern, name, true
		case pattern != "" && (p == '?' || p == n):
			pattern, name = pattern[plen:], name[nlen:]
		case starred:
			_, skip := utf8.DecodeRuneInString(from)
			from = from[skip:]
			pattern, name = star, from
		default:
			return false
		}
	}
	return strings.Trim(pattern, "*") == ""
}

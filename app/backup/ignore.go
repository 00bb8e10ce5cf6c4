package backup

import (
	"path"
	"strings"
	"time"
	"unicode"

	"backstop/app/say"
)

// IgnoreRule says that files of certain names are no exports and are not to be read where they come by themselves: in a watched
// folder, and in what is opened there. Who names a file means it.
type IgnoreRule struct {
	Pattern string    `json:"pattern"`          // of the file's name without its folder, whatever the case: * stands for any letters, ? for one
	Source  int64     `json:"source,omitempty"` // 0: of every source
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

// Check refuses a pattern that cannot be used.
func (r IgnoreRule) Check() error {
	switch {
	case strings.Trim(r.Pattern, "*? \t") == "":
		return say.Error("say more of the name than that: every file would be ignored")
	case strings.ContainsAny(r.Pattern, `/\`):
		return say.Error("give the file's name without its folder")
	}
	if _, err := path.Match(r.Pattern, ""); err != nil {
		return say.Error("%q cannot be used: a bracket is not closed", r.Pattern)
	}
	return nil
}

// SameFiles tells whether two rules are about the same names of the same source.
func (r IgnoreRule) SameFiles(o IgnoreRule) bool {
	return r.Source == o.Source && strings.EqualFold(r.Pattern, o.Pattern)
}

// Matches tells whether a file of a source is to be ignored; path may lead into a container.
func (r IgnoreRule) Matches(source int64, path string) bool {
	return (r.Source == 0 || r.Source == source) && nameMatches(r.Pattern, fileName(path))
}

func nameMatches(pattern, name string) bool {
	ok, err := path.Match(strings.ToLower(pattern), strings.ToLower(name))
	return ok && err == nil
}

// Ignored gives the first rule that a file falls under.
func Ignored(rules []IgnoreRule, source int64, path string) (IgnoreRule, bool) {
	for _, r := range rules {
		if r.Matches(source, path) {
			return r, true
		}
	}
	return IgnoreRule{}, false
}

// fileName is the last name of a path, of whatever system, that may lead into a container.
func fileName(path string) string {
	path = path[strings.LastIndexAny(path, `/\`)+1:]
	parts := strings.Split(path, Inside)
	return parts[len(parts)-1]
}

// Inside stands in a path between a container and a file in it.
const Inside = " › "

// LikeName is a pattern for the files that are named like one: what counts or dates them may be any.
func LikeName(path string) string {
	var b strings.Builder
	counted := false
	for _, r := range fileName(path) {
		if unicode.IsDigit(r) {
			if !counted {
				b.WriteByte('*')
			}
			counted = true
			continue
		}
		counted = false
		if strings.ContainsRune(`*?[]`, r) {
			r = '?'
		}
		b.WriteRune(r)
	}
	return b.String()
}

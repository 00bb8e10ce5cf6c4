package format

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

var ansi = regexp.MustCompile("\x1b(\\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>])")

// Bounds of what one execution keeps, in bytes. A longer log keeps its beginning and its end, where tools say why.
const (
	maxLog   = 64 << 10
	maxError = 1 << 10
)

// logText gathers the lines of one execution within maxLog.
type logText struct {
	head, tail []string
	headSize   int
	tailSize   int
	dropped    int
}

func (l *logText) add(line string) {
	size := len(line) + 1
	if len(l.tail) == 0 && l.headSize+size <= maxLog/2 {
		l.head, l.headSize = append(l.head, line), l.headSize+size
		return
	}
	if size > maxLog/2 {
		line, size = line[:maxLog/2-1], maxLog/2
	}
	l.tail, l.tailSize = append(l.tail, line), l.tailSize+size
	for l.tailSize > maxLog/2 {
		l.tailSize -= len(l.tail[0]) + 1
		l.tail, l.dropped = l.tail[1:], l.dropped+1
	}
}

func (l *logText) String() string {
	parts := l.head
	if l.dropped > 0 {
		parts = append(parts[:len(parts):len(parts)], "… "+strconv.Itoa(l.dropped)+" lines left out …")
	}
	return strings.Join(append(parts[:len(parts):len(parts)], l.tail...), "\n")
}

// short cuts an error text to what a table and a header can show.
func short(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= maxError {
		return s
	}
	return strings.ToValidUTF8(s[:maxError], "") + "…"
}

// Listed is a list for the record.
func Listed(parts []string) string {
	list := ""
	for i, p := range parts {
		if i == 0 {
			list = p
			continue
		}
		list = say.Record("%s, %s", list, p)
	}
	return list
}

// number reads a count with thousands separators: "3,914,133", "11.765.672", "7 510". It refuses signs and fractions.
func number(s string) (backup.Count, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ',', '.', '\'', ' ', '\u00a0', '\u202f':
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return backup.Count{}, false
	}
	return backup.N(n), true
}

var thousands = strings.NewReplacer(",", "", ".", "")

// decimal reads "6.5" and "6,5". With both separators the last one is the decimal's.
func decimal(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexAny(s, ".,"); i >= 0 {
		s = thousands.Replace(s[:i]) + "." + s[i+1:]
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && f >= 0
}

// Units of sizes; most tools write KB and mean 1024.
var binaryUnit = map[string]float64{
	"": 1, "b": 1, "byte": 1, "bytes": 1,
	"k": 1 << 10, "kb": 1 << 10, "kib": 1 << 10, "m": 1 << 20, "mb": 1 << 20, "mib": 1 << 20,
	"g": 1 << 30, "gb": 1 << 30, "gib": 1 << 30, "t": 1 << 40, "tb": 1 << 40, "tib": 1 << 40, "p": 1 << 50, "pb": 1 << 50, "pib": 1 << 50,
}

// size reads "9.18 GB", "0 B", "128.001 GiB" in units of 1024.
func size(s string) (backup.Count, bool) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	i := strings.LastIndexAny(s, "0123456789") + 1
	unit, ok := binaryUnit[strings.ToLower(strings.TrimSpace(s[i:]))]
	f, good := decimal(s[:i])
	if !ok || !good || f*unit > 1<<62 {
		return backup.Count{}, false
	}
	return backup.N(int64(f * unit)), true
}

// sign is a pattern that only a text with one of its pieces can match. Pieces are found much faster than patterns, and every format
// is asked about every text.
type sign struct {
	*regexp.Regexp
	pieces []string
}

func signOf(pattern string, pieces ...string) sign { return sign{regexp.MustCompile(pattern), pieces} }

// Match tells whether a head shows the sign.
func (s sign) Match(head []byte) bool {
	return slices.ContainsFunc(s.pieces, func(p string) bool { return bytes.Contains(head, []byte(p)) }) && s.Regexp.Match(head)
}

// holds tells whether the head contains every one of the given pieces.
func holds(head []byte, pieces ...string) bool {
	for _, p := range pieces {
		if !strings.Contains(string(head), p) {
			return false
		}
	}
	return true
}

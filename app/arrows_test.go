package main

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// sentences is reached by all that tell people something.
const sentences = "app/say"

// A row names a package, with the folders below it, and the packages that are listed for it.
type row struct{ path, listed string }

// arrows say what each package may reach of this program, directly or through others. Of two rows that
// cover a package the longer path counts. Reaching oneself, or the catalogue of sentences, needs no arrow; main, which wires, needs none at all.
var arrows = []row{
	{sentences, ""},
	{"app/backup", ""},
	{"app/timeline", "app/backup"},
	{"app/incident", "app/backup app/timeline"},
	{"app/expect", "app/backup app/timeline app/incident"},
	{"app/risk", "app/backup app/timeline app/incident app/expect"},
	{"app/figure", "app/backup app/timeline app/incident"},
	{"app/panel", "app/backup app/timeline app/incident"},
	{"app/people", ""},
	{"app/desk", "app/backup app/timeline app/incident app/expect app/risk app/figure app/panel app/people"},

	{"app/cli", "app/backup app/timeline app/incident app/expect app/risk app/figure app/panel app/people app/desk"},
	{"app/sched", "app/backup app/timeline app/incident app/expect app/risk app/figure app/panel app/people app/desk"},
	{"app/report", "app/backup app/timeline app/incident app/expect app/risk app/figure app/panel app/people app/desk"},
	{"app/diagnose", "app/backup app/timeline app/incident app/expect app/risk app/figure app/panel app/people app/desk"},
	{"app/system", ""},
	{"data", "app/backup app/timeline app/incident app/expect app/risk app/figure app/panel app/people app/desk"},
	{"ui", "app/backup app/timeline app/incident app/expect app/risk app/figure app/panel app/people app/desk assets"},
	{"ui/grid", "ui/keys ui/look ui/scroll"},
	{"ui/chart", "ui/keys ui/look ui/scroll"},
	{"ui/viewer", "ui/keys ui/look ui/scroll"},
	{"ui/rank", ""},

	{"watcher", "app/backup"},
	{"assets", ""},
	{"app/quiet", ""},
}

// outside says who may reach the packages that tie code to a screen, a database, a folder or a clock.
var outside = []row{
	{"fyne.io/fyne/v2", "ui"},
	{"fyne.io/fyne/v2/app", ""}, // needs cgo and a display; without it the windows are tested on any machine
	{"database/sql", "data"},
	{"github.com/mattn/go-sqlite3", "data"},
	{"github.com/fsnotify/fsnotify", "watcher"},
	{"github.com/go-co-op/gocron/v2", "app/sched"},
	{"github.com/xuri/excelize/v2", "app/report watcher"}, // written there, read here
}

// The rules are tables of facts and instants in, changes out. These may reach the standard library and what stands beside them.
var rules = []row{
	{"app/backup", ""},
	{"app/timeline", ""},
	{"app/incident", ""},
	{"app/expect", "github.com/adhocore/gronx"},
	{"app/risk", "github.com/adhocore/gronx"},
	{"app/figure", ""},
	{"app/panel", ""},
	{"app/people", "golang.org/x/crypto golang.org/x/sys"},
}

func TestArrows_pointOneWay(t *testing.T) {
	for _, p := range listPackages(t) {
		arrow, ok := covering(arrows, p.name)
		if !ok {
			t.Errorf("%s has no row in arrows: say what it may reach", p.name)
			continue
		}
		may := append(strings.Fields(arrow.listed), arrow.path, sentences)
		for _, dep := range p.own {
			if !withinAny(dep, may) {
				t.Errorf("%s reaches %s", p.name, dep)
			}
		}
	}
}

func TestArrows_toTheOutside(t *testing.T) {
	for _, p := range listPackages(t) {
		for _, dep := range p.foreign {
			tie, ok := covering(outside, dep)
			if !ok || dep == "database/sql/driver" { // interfaces only, reached by modules that have nothing to do with a database
				continue
			}
			if !withinAny(p.name, strings.Fields(tie.listed)) {
				t.Errorf("%s reaches %s", p.name, dep)
			}
		}
	}
}

func TestArrows_rulesStandAlone(t *testing.T) {
	for _, p := range listPackages(t) {
		rule, ok := covering(rules, p.name)
		for _, dep := range p.foreign {
			if ok && !isStandard(dep) && !withinAny(dep, strings.Fields(rule.listed)) {
				t.Errorf("%s reaches %s", p.name, dep)
			}
		}
	}
}

// reach is one package of this program with all that it reaches.
type reach struct {
	name         string // as in the tables: "app/desk"
	own, foreign []string
}

// listPackages asks go list, since it knows build tags and what tests add does not count. Main is left out.
func listPackages(t *testing.T) []reach {
	t.Helper()
	const module = "backstop/"
	cmd := exec.Command("go", "list", "-f", `{{if ne .Name "main"}}{{.ImportPath}} {{join .Deps " "}}{{end}}`, "./...")
	cmd.Dir = ".."
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &said)
	}
	var all []reach
	for line := range strings.Lines(string(out)) {
		paths := strings.Fields(line)
		if len(paths) == 0 {
			continue
		}
		p := reach{name: strings.TrimPrefix(paths[0], module)}
		for _, dep := range paths[1:] {
			if name, own := strings.CutPrefix(dep, module); own {
				p.own = append(p.own, name)
			} else {
				p.foreign = append(p.foreign, dep)
			}
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		t.Fatal("go list names no package")
	}
	return all
}

// covering finds the row with the longest path that holds the package.
func covering(table []row, path string) (found row, ok bool) {
	for _, r := range table {
		if within(path, r.path) && len(r.path) >= len(found.path) {
			found, ok = r, true
		}
	}
	return found, ok
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func withinAny(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return within(path, f) })
}

// isStandard goes by the dot that every module's first element has.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

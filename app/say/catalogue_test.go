package say_test

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backstop/app/say"
)

var update = flag.Bool("update", false, "write the sentences that are missing into the catalogues, without words, and take the unused ones out")

// sentenceAt are the functions whose arguments are keys of the catalogue, and which ones.
var sentenceAt = map[string][]int{"T": {0}, "N": {0}, "Error": {0}, "Record": {0}, "Recordable": {0}, "Many": {1, 2}}

// A usage is a place where a sentence is said, and whether it can be recorded there or anywhere else.
type usage struct {
	at       string
	recorded bool
}

func TestCatalogue_isWhole(t *testing.T) {
	used := sentences(t, filepath.Join("..", ".."))
	for _, l := range say.Languages() {
		if l == say.English {
			continue
		}
		shown, recorded := l.Tag+".json", l.Tag+"-recorded.json"
		if *update {
			words := read(t, shown)
			maps.Copy(words, read(t, recorded))
			write(t, shown, words, used, false)
			write(t, recorded, words, used, true)
			continue
		}
		check(t, shown, used, false)
		check(t, recorded, used, true)
	}
}

func check(t *testing.T, path string, used map[string]usage, recorded bool) {
	t.Helper()
	words := read(t, path)
	for _, s := range slices.Sorted(maps.Keys(used)) {
		if used[s].recorded != recorded {
			continue
		}
		if words[s] == "" {
			t.Errorf("%s: %s lacks %q", used[s].at, path, s)
		} else if a, b := verbs(s), verbs(words[s]); !slices.Equal(a, b) {
			t.Errorf("%s: %q fills in %v, %q %v", path, s, a, words[s], b)
		}
	}
	for _, s := range slices.Sorted(maps.Keys(words)) {
		if u, ok := used[s]; !ok || u.recorded != recorded {
			t.Errorf("%s: nothing says %q", path, s)
		}
	}
}

var verb = regexp.MustCompile(`%(\[\d+\])?[-+# 0]*[\d.*]*([a-zA-Z%])`)

// verbs are what a sentence fills in, in the order of what is filled in.
func verbs(s string) []string {
	var found []string
	for i, m := range verb.FindAllStringSubmatch(s, -1) {
		place := "[" + strconv.Itoa(i+1) + "]"
		if m[1] != "" {
			place = m[1]
		}
		if m[2] == "%" {
			place = ""
		}
		found = append(found, place+m[2])
	}
	slices.Sort(found)
	return found
}

func read(t *testing.T, path string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	return words
}

func write(t *testing.T, path string, words map[string]string, used map[string]usage, recorded bool) {
	t.Helper()
	kept := map[string]string{}
	for s, u := range used {
		if u.recorded == recorded {
			kept[s] = words[s]
		}
	}
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	if err := e.Encode(kept); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// sentences are all that the program says, with a place where it does.
func sentences(t *testing.T, root string) map[string]usage {
	t.Helper()
	used := map[string]usage{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "testdata" || len(name) > 2 && name[0] == '.' {
				return filepath.SkipDir
			}
			packageSentences(t, path, used)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(used) < 100 {
		t.Fatalf("only %d sentences were found", len(used))
	}
	return used
}

func packageSentences(t *testing.T, folder string, used map[string]usage) {
	t.Helper()
	files := token.NewFileSet()
	var parsed []*ast.File
	paths, _ := filepath.Glob(filepath.Join(folder, "*.go"))
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	constants := constantsOf(parsed)
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if called(call) == "C" {
				context, _ := text(call.Args[0], constants)
				word, ok := text(call.Args[1], constants)
				if !ok || context == "" {
					t.Errorf("%s: a context and a word must stand there", files.Position(call.Pos()))
				}
				used[word+" ("+context+")"] = usage{at: files.Position(call.Pos()).String()}
			}
			name := called(call)
			for _, i := range sentenceAt[name] {
				at := files.Position(call.Pos()).String()
				s, ok := text(call.Args[i], constants)
				if !ok {
					t.Errorf("%s: a sentence must stand there, or a constant of its package; what is made elsewhere is marked by N there and said by W", at)
				}
				used[s] = usage{at, used[s].recorded || name == "Error" || name == "Record" || name == "Recordable"}
			}
			return true
		})
	}
}

// called is the name of a function of say.
func called(call *ast.CallExpr) string {
	if f, ok := call.Fun.(*ast.SelectorExpr); ok {
		if of, ok := f.X.(*ast.Ident); ok && of.Name == "say" {
			return f.Sel.Name
		}
	}
	return ""
}

// constantsOf are the constants of a package that are written out.
func constantsOf(files []*ast.File) map[string]ast.Expr {
	found := map[string]ast.Expr{}
	for _, f := range files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				if v := s.(*ast.ValueSpec); len(v.Values) == len(v.Names) {
					for i, name := range v.Names {
						found[name.Name] = v.Values[i]
					}
				}
			}
		}
	}
	return found
}

// text is a literal, a sum of literals, or a constant of them.
func text(e ast.Expr, constants map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, okA := text(e.X, constants)
		b, okB := text(e.Y, constants)
		return a + b, okA && okB
	case *ast.Ident:
		if c, ok := constants[e.Name]; ok {
			return text(c, constants)
		}
	}
	return "", false
}

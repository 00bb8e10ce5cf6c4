package scroll

import (
	"fmt"
	"testing"
)

// steps draws a view and returns what each place shows, with a star where it had to be made afresh.
func steps(p *Pool[*int], at Position) string {
	var out []string
	p.Each(&at, func(_ *int, step int, fresh bool) {
		mark := ""
		if fresh {
			mark = "*"
		}
		out = append(out, fmt.Sprint(step, mark))
	})
	return fmt.Sprint(out)
}

func TestPool_keepsDrawingsInView(t *testing.T) {
	var p Pool[*int]
	made := 0
	provide := func(n int) { p.Provide(n, func() *int { made++; return &made }) }
	provide(4)
	for _, c := range []struct {
		top  int
		want string
	}{
		{0, "[0* 1* 2* 3*]"},
		{0, "[0 1 2 3]"},
		{1, "[1 2 3 4*]"},
		{3, "[3 4 5* 6*]"},
		{2, "[2* 3 4 5]"},
		{999_996, "[999996* 999997* 999998* 999999*]"},
		{999_998, "[999998 999999 -1* -1*]"},
	} {
		if got := steps(&p, Position{Top: c.top, Len: 1_000_000}); got != c.want {
			t.Errorf("top %d: %s, want %s", c.top, got, c.want)
		}
	}
	p.Forget()
	if got, want := steps(&p, Position{Len: 4}), "[0* 1* 2* 3*]"; got != want {
		t.Errorf("forgotten: %s, want %s", got, want)
	}
	provide(3)
	if got, want := steps(&p, Position{Len: 4}), "[0* 1* 2*]"; got != want {
		t.Errorf("with less room: %s, want %s", got, want)
	}
	provide(5)
	if made != 6 {
		t.Errorf("%d drawings were made, want 6", made)
	}
}

func TestPool_ofNothing(t *testing.T) {
	var p Pool[*int]
	if got := steps(&p, Position{Top: 3, Len: 9}); got != "[]" {
		t.Errorf("drawn: %s", got)
	}
}

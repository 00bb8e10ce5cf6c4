package grid

import "testing"

func TestHarmless_leavesNoFormula(t *testing.T) {
	for in, want := range map[string]string{
		"=HYPERLINK(1)": "'=HYPERLINK(1)", " =1+1": "' =1+1", "\t=1": "' =1", "+cmd": "'+cmd", "-2+3": "'-2+3", "@SUM(1)": "'@SUM(1)",
		"58  cannot connect": "58  cannot connect", "a=b": "a=b", "": "",
	} {
		if got := harmless(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

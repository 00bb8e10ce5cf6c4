package desk

// Scope is what an actor may see. Every read of the store takes one. The zero scope sees nothing.
type Scope struct {
	all     bool
	windows []Window
}

// Window is a part of what there is: what the sources of a branch report, and of that what a virtual location lets through.
type Window struct {
	Branch   int64
	Location int64 // 0: all of the branch
}

// Everything is the scope that hides nothing.
func Everything() Scope { return Scope{all: true} }

// Through is the scope that sees what any of the windows shows.
func Through(windows []Window) Scope { return Scope{windows: windows} }

// Everything tells whether nothing is hidden.
func (s Scope) Everything() bool { return s.all }

// Windows are what somebody sees through who does not see everything.
func (s Scope) Windows() []Window { return s.windows }

package ui

import (
	"sync"

	"backstop/app/desk"
)

// chain is the check of the whole record. It takes a while in a large one, so that all windows share what one of them learned.
type chain struct {
	mu     sync.Mutex // held while it is checked: whoever asks meanwhile waits for the same answer
	known  bool
	found  desk.Verification
	verify func() (desk.Verification, error)
}

// check is work for beside the windows.
func (c *chain) check() (desk.Verification, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known {
		return c.found, nil
	}
	found, err := c.verify()
	c.found, c.known = found, err == nil
	return found, err
}

// forget has it checked again the next time that somebody asks. One that is under way is not waited for.
func (c *chain) forget() {
	if c.mu.TryLock() {
		c.known = false
		c.mu.Unlock()
	}
}

// Go's own resolver, which a program without cgo has.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		kind, name, _ := strings.Cut(lines.Text(), " ")
		answers, err := lookUp(kind, name)
		var dnsError *net.DNSError
		if err != nil && !(errors.As(err, &dnsError) && dnsError.IsNotFound) {
			answers = append(answers, "! "+err.Error())
		}
		for _, answer := range answers {
			fmt.Println(answer)
		}
		fmt.Println()
	}
}

func lookUp(kind, name string) ([]string, error) {
	if kind == "A" {
		return net.LookupHost(name)
	}
	_, services, err := net.LookupSRV("", "", name)
	answers := []string{}
	for _, srv := range services {
		answers = append(answers, fmt.Sprintf("%d %d %d %s", srv.Priority, srv.Weight, srv.Port, srv.Target))
	}
	return answers, err
}

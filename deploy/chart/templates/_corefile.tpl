{{/* The Corefile that .Values.extraConfig and .Values.servers spell. */}}
{{- define "clusterdns.corefile" -}}
{{- range $name, $line := .Values.extraConfig }}
{{ $name }}{{ with $line.parameters }} {{ . }}{{ end }}
{{- end }}
{{- range $server := .Values.servers }}
{{ range $server.zones | default (list dict) }}{{ .scheme }}{{ .zone | default "." }}{{ with $server.port }}:{{ . }}{{ end }} {{ end }}{
{{- range $server.plugins }}
    {{ .name }}{{ if hasKey . "parameters" }} {{ .parameters }}{{ end }}{{ with .configBlock }} {
        {{- . | nindent 8 }}
    }{{ end }}
{{- end }}
}
{{- end }}
{{- end -}}

{{/*
The ports of all servers, and of `prometheus`: a JSON object of {name, protocol, port, servicePort, nodePort, hostPort} by name.
A port is there once for each protocol, however many servers share it. UDP for dns://, TCP for use_tcp and for the other schemes.
*/}}
{{- define "clusterdns.ports" -}}
{{- $ports := dict -}}
{{- range $server := .Values.servers -}}
{{- $number := int (default 53 $server.port) -}}
{{- range $server.zones | default (list (dict "use_tcp" true)) -}}
{{- $isDns := has (default "dns://" .scheme) (list "dns://" "") -}}
{{- $protocols := list -}}
{{- if $isDns -}}{{- $protocols = append $protocols "UDP" -}}{{- end -}}
{{- if or (not $isDns) .use_tcp -}}{{- $protocols = append $protocols "TCP" -}}{{- end -}}
{{- range $protocols -}}
{{- $name := printf "%s-%d" (lower .) $number -}}
{{- $port := dict "name" $name "protocol" . "port" $number "servicePort" (int (default $number $server.servicePort)) -}}
{{- with $server.nodePort -}}{{- $_ := set $port "nodePort" (int .) -}}{{- end -}}
{{- with $server.hostPort -}}{{- $_ := set $port "hostPort" (int .) -}}{{- end -}}
{{- $_ := set $ports $name $port -}}
{{- end -}}
{{- end -}}
{{- range $server.plugins -}}
{{- if eq .name "prometheus" -}}
{{- $number := int (regexFind "[0-9]+$" (toString (default ":9153" .parameters))) -}}
{{- $name := printf "tcp-%d" $number -}}
{{- $_ := set $ports $name (dict "name" $name "protocol" "TCP" "port" $number "servicePort" $number) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{/* The port of `prometheus` in the first server that has it. */}}
{{- define "clusterdns.metricsPort" -}}
{{- $found := "" -}}
{{- range .Values.servers -}}
{{- range .plugins -}}
{{- if and (eq .name "prometheus") (not $found) -}}
{{- $found = regexFind "[0-9]+$" (toString (default ":9153" .parameters)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- default "9153" $found -}}
{{- end -}}

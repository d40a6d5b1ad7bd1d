{{/* Names, labels and selectors: those of CoreDNS's chart, so that a release of it can be upgraded to this one. */}}

{{- define "clusterdns.name" -}}
{{- default "coredns" .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "clusterdns.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "clusterdns.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "clusterdns.deploymentName" -}}
{{- default (include "clusterdns.fullname" .) .Values.deployment.name -}}
{{- end -}}

{{- define "clusterdns.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "clusterdns.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "clusterdns.clusterRoleName" -}}
{{- default (include "clusterdns.fullname" .) .Values.clusterRole.nameOverride -}}
{{- end -}}

{{- define "clusterdns.k8sApp" -}}
{{- default (include "clusterdns.name" .) .Values.k8sAppLabelOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* What selects the pods when no selector is given. */}}
{{- define "clusterdns.podLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/name: {{ include "clusterdns.name" . }}
{{- if .Values.isClusterService }}
k8s-app: {{ include "clusterdns.k8sApp" . }}
{{- end }}
{{- end -}}

{{- define "clusterdns.deploymentSelector" -}}
{{- with .Values.deployment.selector -}}
{{- toYaml . -}}
{{- else -}}
{{- include "clusterdns.podLabels" . -}}
{{- end -}}
{{- end -}}

{{- define "clusterdns.labels" -}}
{{ include "clusterdns.podLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- if .Values.isClusterService }}
kubernetes.io/cluster-service: "true"
kubernetes.io/name: CoreDNS
{{- end }}
{{- with .Values.customLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "clusterdns.autoscalerPodLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/name: {{ include "clusterdns.name" . }}-autoscaler
{{- if .Values.isClusterService }}
k8s-app: {{ include "clusterdns.k8sApp" . }}-autoscaler
{{- end }}
{{- end -}}

{{- define "clusterdns.autoscalerLabels" -}}
{{ include "clusterdns.autoscalerPodLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- with .Values.customLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Annotations of an object: those for all objects, then its own. Takes a list of the root and its own. */}}
{{- define "clusterdns.annotations" -}}
{{- with merge (dict) (default (dict) (index . 1)) (default (dict) (index . 0).Values.customAnnotations) -}}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* Pods are replaced when the Corefile or a zone file changes, for Corefiles without `reload`. */}}
{{- define "clusterdns.podAnnotations" -}}
{{- if not .Values.deployment.skipConfig }}
checksum/config: {{ cat (include "clusterdns.corefile" .) (toJson .Values.zoneFiles) | sha256sum }}
{{- end }}
{{- with .Values.podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end -}}

# Two stages: Native AOT in the SDK image, then the one binary on a base without shell or package manager.
#   docker build -t clusterdns:0.1.0 .
#   docker buildx build --platform linux/amd64,linux/arm64 -t registry.example.com/coredns:0.1.0 --push .
ARG DOTNET_VERSION=10.0

# Always of the machine that builds: the SDK does not run under emulation, so the other architecture is cross-compiled.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION}-noble AS build
# Set by BuildKit; a default here would take the place of what it sets.
ARG BUILDARCH
ARG TARGETARCH
# What the start-up line and coredns_build_info name as commit: --build-arg REVISION=$(git rev-parse HEAD)
ARG REVISION
# clang and lld link, libcap2-bin has setcap; another architecture's gcc and libc6 bring its start files and libraries.
RUN cross="" \
    && if [ "$TARGETARCH" != "$BUILDARCH" ]; then case "$TARGETARCH" in \
        amd64) cross="gcc-x86-64-linux-gnu libc6-dev-amd64-cross" ;; \
        arm64) cross="gcc-aarch64-linux-gnu libc6-dev-arm64-cross" ;; \
    esac; fi \
    && apt-get update \
    && apt-get install -y --no-install-recommends clang lld zlib1g-dev libcap2-bin $cross \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY .editorconfig global.json Directory.Build.props Directory.Packages.props ./
COPY src/ src/
# The file capability opens port 53 without root. It travels with the layer; deploy/README.md says what it asks of a pod.
RUN case "$TARGETARCH" in \
        amd64) rid=linux-x64 ;; \
        arm64) rid=linux-arm64 ;; \
        *) echo "no build for $TARGETARCH" >&2; exit 1 ;; \
    esac \
    && dotnet publish src/ClusterDns -c Release -r "$rid" -p:LinkerFlavor=lld -p:SourceRevisionId="$REVISION" -o /out \
    && setcap cap_net_bind_service=+ep /out/ClusterDns

# glibc, libgcc, OpenSSL and the CA certificates. No ICU: the program is invariant in its globalization.
FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET_VERSION}-noble-chiseled
COPY --from=build /out/ClusterDns /coredns
# No diagnostics socket, whoever publishes without Native AOT: the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0
# CoreDNS's user. Numeric, so that runAsNonRoot can be checked.
USER 65532:65532
WORKDIR /
EXPOSE 53 53/udp
ENTRYPOINT ["/coredns"]

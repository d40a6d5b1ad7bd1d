# Two stages: Native AOT in the SDK image, the one binary on a base without shell or package manager.
ARG DOTNET_VERSION=10.0

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION}-noble-aot AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish src/ClusterDns -c Release -a "${TARGETARCH:-amd64}" -o /out \
    && rm -f /out/*.dbg

FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET_VERSION}-noble-chiseled
COPY --from=build /out/ClusterDns /coredns
# Numeric, so that runAsNonRoot can be checked; port 53 needs NET_BIND_SERVICE or net.ipv4.ip_unprivileged_port_start=0.
USER 65532:65532
WORKDIR /
EXPOSE 53 53/udp
# The runtime opens no diagnostics socket: the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0
ENTRYPOINT ["/coredns"]

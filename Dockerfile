# The service on one machine. Run it as docs/deploying.md says: read-only root, one volume at /data.

FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The build bundles the page with npm.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
# Restored before the sources are copied, so that a change of code does not download packages again.
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY TelemetryFunctions/TelemetryFunctions.csproj TelemetryFunctions/
COPY TelemetryFunctions.Standalone/TelemetryFunctions.Standalone.csproj TelemetryFunctions.Standalone/
# Compiled for the processor that the image is built for: it starts in two thirds of the time.
ARG TARGETARCH=amd64
RUN echo linux-musl-$(echo $TARGETARCH | sed s/amd64/x64/) > /runtime \
    && dotnet restore TelemetryFunctions.Standalone --runtime $(cat /runtime)
COPY . .
RUN dotnet publish TelemetryFunctions.Standalone -c Release --runtime $(cat /runtime) --self-contained false --no-restore -p:UseAppHost=false -o /app \
    && mkdir /data

# Alpine rather than a chiseled image: the health check needs its wget.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine
# Diagnostics would want to write sockets to /tmp.
ENV ASPNETCORE_URLS=http://0.0.0.0:8080 \
    ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0 \
    Telemetry__DataDirectory=/data
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=app:app /data /data
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]
ENTRYPOINT ["dotnet", "TelemetryFunctions.Standalone.dll"]

FROM node:22-bookworm-slim AS build
WORKDIR /opt/gitops-drift
# By themselves first: they change less often than the sources, and what they install is kept from build to build.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# What is needed to run, and nothing that is installed.
RUN npm run release:action -- /opt/release

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="gitops-drift" \
  org.opencontainers.image.description="Finds drift between your infrastructure as code in Git and your cloud" \
  org.opencontainers.image.licenses="Apache-2.0"
# The repository is mounted at /repo, and belongs to whoever mounts it; all others are left to Git's own judgement.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && git config --system --add safe.directory /repo
COPY --from=build /opt/release /opt/gitops-drift
RUN ln -s /opt/gitops-drift/bin/gitops-drift.js /usr/local/bin/gitops-drift \
  && ln -s /opt/gitops-drift/bin/gitops-drift-ci.js /usr/local/bin/gitops-drift-ci
# Where AWS's configuration is looked for, also with docker run --user.
ENV HOME=/home/node
USER node
WORKDIR /repo
ENTRYPOINT ["gitops-drift"]
CMD ["scan"]

# The server without the embedded Postgres: the image of Node brings Node, DATABASE_URL brings the database.
FROM node:26-slim AS page
WORKDIR /doublon
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:26-slim
WORKDIR /doublon
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts
COPY migrations ./migrations
COPY src ./src
COPY --from=page /doublon/dist ./dist
ENV NODE_ENV=production DOUBLON_HOST=0.0.0.0 DOUBLON_PORT=8008
USER node
EXPOSE 8008
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.DOUBLON_PORT + '/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "src/doublon.mjs", "serve"]

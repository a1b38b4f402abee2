/** What the editor, git and others run programs from, by itself or at the next step of work, without showing them first. */
const folders =
  /(^|\/)(\.(vscode|git|githooks|husky|devcontainer|idea|cursor|claude|cargo|yarn|circleci|buildkite|marginalia\/tools)|\.github\/(workflows|actions))(\/|$)/;
const names = /(^|\/)(\.envrc|\.gitconfig|\.gitattributes|\.gitmodules|\.mcp\.json|[^/]+\.code-workspace)$/;

/** What everyday commands, such as those that build and test, read to know what they run. */
const manifests =
  /(^|\/)(package\.json|\.npmrc|\.yarnrc(\.yml)?|\.pnpmfile\.[cm]?js|pnpm-workspace\.yaml|bunfig\.toml|deno\.jsonc?|(nx|turbo|lerna|project)\.json|(gnu)?makefile|[^/]+\.mk|justfile|taskfile\.ya?ml|rakefile|gemfile|composer\.json|pyproject\.toml|setup\.(py|cfg)|tox\.ini|pytest\.ini|noxfile\.py|conftest\.py|pipfile|cargo\.toml|build\.rs|cmakelists\.txt|meson\.build|build\.(gradle|sbt)(\.kts)?|settings\.gradle(\.kts)?|gradlew|mvnw|pom\.xml|mix\.exs|directory\.build\.(props|targets)|[^/]+\.(cs|fs|vb)proj|dockerfile|(docker-)?compose\.ya?ml|jenkinsfile|\.gitlab-ci\.yml|azure-pipelines\.yml|lefthook\.ya?ml|\.pre-commit-config\.yaml|\.(lintstaged|eslint|prettier|babel|mocha|nyc)rc(\.[^/]+)?|[^/]+\.config\.[cm]?[jt]s|\.(bash|zsh)(rc|_profile|env)|\.profile)$/;
const scripts = /\.(sh|bash|zsh|fish|ps1|psm1|bat|cmd)$/;

/** Whether who may write the file at `path` may make programs run: by itself, or by a command that seemed harmless. */
export function isRunByItself(path: string): boolean {
  const lower = path.replaceAll('\\', '/').toLowerCase();
  return [folders, names, manifests, scripts].some(pattern => pattern.test(lower));
}

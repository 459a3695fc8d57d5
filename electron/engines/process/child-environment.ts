/** All that a child process sees of the environment. No secrets: what it opens may come from a stranger. */
const PASSED_VARIABLES = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'SystemRoot',
  'LD_LIBRARY_PATH',
  'CUDA_PATH',
  'VK_ICD_FILENAMES',
  'XDG_RUNTIME_DIR',
  'NODE_COMPILE_CACHE',
];

/**
 * Keeps native libraries from sending anything. ONNX Runtime 1.30 reports to its makers on every system unless the first is set
 * (github.com/microsoft/onnxruntime, issue 27379); the others are the agreed words of tools that might come along with a package.
 */
export const quietVariables: Readonly<Record<string, string>> = {
  ORT_DISABLE_TELEMETRY: '1',
  HF_HUB_OFFLINE: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  DO_NOT_TRACK: '1',
};

/** The environment of every engine, reader and helper process: the one place that decides it. */
export function makeChildEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const passed = PASSED_VARIABLES.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
  );
  return { ...Object.fromEntries(passed), ...quietVariables, ...more };
}

/** ONNX Runtime reads this when it is loaded, and reports to its makers without it. Whoever starts an engine sets it too; a forgotten one must not speak. */
process.env['ORT_DISABLE_TELEMETRY'] = '1';

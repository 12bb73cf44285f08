import '@mantine/core/styles/default-css-variables.layer.css';
import './raw.css';
import './tokens.css';
import './kit.css';
import './base.css';

"""What each command does; `config.cli` names them and loads them when they are called."""
